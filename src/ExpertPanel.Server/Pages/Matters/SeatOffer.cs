using System.Globalization;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Panels;

namespace ExpertPanel.Server.Pages.Matters;

/// <summary>An offered change of a seat, as the value of the button that takes it.</summary>
public sealed record SeatOffer(int Seat, SeatChangeKind Kind, string? Specialty)
{
    /// <summary>The best few of a kind; a list of every specialty would help nobody.</summary>
    private const int MostSpecialties = 3;

    /// <summary>What the form itself can change. Whose open reviews are full is a matter of the committee's rules.</summary>
    public static IEnumerable<SeatChange> Takable(SeatSupply seat) =>
        seat.Changes.Where(change => change.Kind is SeatChangeKind.AddSpecialty).Take(MostSpecialties)
            .Concat(seat.Changes.Where(change => change.Kind is SeatChangeKind.AnySpecialty or SeatChangeKind.AnyExpert));

    public static string Write(int seat, SeatChange change) => string.Create(CultureInfo.InvariantCulture, $"{seat}:{change.Kind}:{change.Specialty}");

    public static SeatOffer? Read(string? text) =>
        text?.Split(':') is [var seat, var kind, var specialty] && int.TryParse(seat, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && Enum.TryParse<SeatChangeKind>(kind, out var change)
            ? new(index, change, specialty.Length == 0 ? null : specialty)
            : null;

    /// <summary>Writes it into the form's row; a row that is not there any more stays as it is.</summary>
    public void ApplyTo(FormInput input)
    {
        if (Seat >= input.Rows(nameof(PrepareDraw.Seats))) return;
        var row = string.Create(CultureInfo.InvariantCulture, $"{nameof(PrepareDraw.Seats)}[{Seat}].");
        var specialties = row + nameof(SeatAsked.Specialties);
        switch (Kind)
        {
            case SeatChangeKind.AddSpecialty when Specialty is not null:
                input.Set(specialties, input.All(specialties).Append(Specialty).Distinct(StringComparer.Ordinal));
                break;
            case SeatChangeKind.AnySpecialty:
                input.Set(specialties, Array.Empty<string>());
                break;
            case SeatChangeKind.AnyExpert:
                input.Set(row + nameof(SeatAsked.CommitteeMember), false);
                break;
        }
    }
}
