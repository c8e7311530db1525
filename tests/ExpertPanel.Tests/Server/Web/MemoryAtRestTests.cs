using ExpertPanel.Server.Hosting;
using Xunit;

namespace ExpertPanel.Tests.Server.Web;

public sealed class MemoryAtRestTests
{
    private const long Megabyte = 1024 * 1024;

    [Theory]
    [InlineData(1, 200, true)] // After a start.
    [InlineData(1, 3, false)] // Collected a while ago, nothing happened since.
    [InlineData(40, 200, false)] // Somebody works: a pause would be felt.
    public void Memory_is_given_back_once_after_work_and_never_during_it(long sinceLastLook, long sinceCollected, bool worthwhile) =>
        Assert.Equal(worthwhile, MemoryAtRest.IsWorthwhile(sinceLastLook * Megabyte, sinceCollected * Megabyte));
}
