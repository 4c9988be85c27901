"""What the types of deliverables are called; publishers write them as letters.  Source: ISO/IEC Directives, Part 1."""

from __future__ import annotations

from forum.core.refusals import P_

DELIVERABLE_KINDS: dict[str, str] = {
    "IS": P_("standards", "International Standard (IS)"),
    "TS": P_("standards", "Technical specification (TS)"),
    "TR": P_("standards", "Technical report (TR)"),
    "PAS": P_("standards", "Publicly available specification (PAS)"),
    "IWA": P_("standards", "International workshop agreement (IWA)"),
    "Guide": P_("standards", "Guide"),
    "SRD": P_("standards", "Systems reference deliverable (SRD)"),
    "Technology Report": P_("standards", "Technology report"),
    "Rec": P_("standards", "ITU-T Recommendation"),
    "Suppl": P_("standards", "Supplement to ITU-T Recommendations"),
    "GB": P_("standards", "Mandatory national standard (GB)"),
    "GB/T": P_("standards", "Recommended national standard (GB/T)"),
    "GB/Z": P_("standards", "National guidance document (GB/Z)"),
    "GB/T plan": P_("standards", "Planned recommended national standard"),
}
SUPPLEMENT_KINDS: dict[str, str] = {
    "Amd": P_("standards", "Amendment (Amd)"),
    "Cor": P_("standards", "Technical corrigendum (Cor)"),
}
