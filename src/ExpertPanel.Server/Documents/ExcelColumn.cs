namespace ExpertPanel.Server.Documents;

/// <summary>
/// A column of an exported list. Width is in characters; without one it is taken from the first rows.
/// <paramref name="Total"/> asks for the sum in the last row.
/// </summary>
public sealed record ExcelColumn(string Header, double? Width = null, bool Total = false);
