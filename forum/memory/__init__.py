"""Translation memory 翻译记忆: what people have reviewed once is offered when somebody translates the like again."""
