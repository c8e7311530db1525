namespace ExpertPanel.Workflows.Rules;

/// <summary>What a committee does with a reply whose sender's domain did not sign it (DKIM, RFC 6376): anybody could have written the address.</summary>
public enum UnsignedSender
{
    /// <summary>The registered address gets a link; the mail counts once the link was used to say so.</summary>
    Confirm,

    /// <summary>It waits for a person.</summary>
    Hold,
}
