using ExpertPanel.Server.Files;

namespace ExpertPanel.Server.Pages.Forms;

/// <summary>Reads an uploaded file; the form's own limit has refused what is too large before it got here.</summary>
public static class Uploads
{
    public static async Task<HandedFile?> ReadAsync(IFormFile? upload, CancellationToken cancellationToken)
    {
        if (upload is null || upload.FileName.Length == 0) return null;
        using var content = new MemoryStream((int)Math.Min(upload.Length, HandedFile.Most + 1));
        await using var stream = upload.OpenReadStream();
        await stream.CopyToAsync(content, cancellationToken);
        return HandedFile.Of(upload.FileName, content.ToArray());
    }
}
