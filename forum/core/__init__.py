"""The ground floor: what every room stands on and that knows neither the web nor the domain."""
