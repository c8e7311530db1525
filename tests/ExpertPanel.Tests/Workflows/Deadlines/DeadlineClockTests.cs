using System.Text.Json;
using ExpertPanel.Workflows.Deadlines;
using Xunit;
using static ExpertPanel.Tests.Workflows.Deadlines.Calendars;

namespace ExpertPanel.Tests.Workflows.Deadlines;

public sealed class DeadlineClockTests
{
    private static Deadline SevenDays => DeadlineClock.Start(WorkingDays(7), At(2014, 12, 25), National);

    [Fact]
    public void A_suspension_across_new_year_gives_back_the_working_days_that_were_left()
    {
        // 7 working days from 25 December: 26, 29, 30, 31, then 4 (make-up Sunday), 5, 6 January. Four are used on the 31st.
        Assert.Equal(Day(2015, 1, 6), SevenDays.Due);
        var resumed = SevenDays.Pause(At(2014, 12, 31), "suspension").Resume(At(2015, 1, 12), National);
        Assert.Equal(Day(2015, 1, 15), resumed.Due);
        Assert.Equal([new DueDateChange(Day(2015, 1, 6), National.Version, DueDateChangeReason.Resumed, At(2015, 1, 12))], resumed.History);
        Assert.Equal([new DeadlinePause(At(2014, 12, 31), At(2015, 1, 12), "suspension")], resumed.Pauses);
    }

    [Fact]
    public void A_suspension_of_calendar_days_across_new_year_gives_back_calendar_days()
    {
        var deadline = DeadlineClock.Start(CalendarDays(15), At(2014, 12, 22), National);
        Assert.Equal(Day(2015, 1, 6), deadline.Due);
        var resumed = deadline.Pause(At(2014, 12, 31), "suspension").Resume(At(2015, 1, 5), National);
        Assert.Equal(Day(2015, 1, 12), resumed.Due); // 6 days from the 5th end on Sunday the 11th.
    }

    [Fact]
    public void A_pause_within_one_day_changes_nothing()
    {
        var resumed = SevenDays.Pause(At(2014, 12, 30, 9), "supplement").Resume(At(2014, 12, 30, 17), National);
        Assert.Equal(SevenDays.Due, resumed.Due);
        Assert.Empty(resumed.History);
    }

    [Fact]
    public void A_pause_on_the_due_day_leaves_the_day_of_resumption()
    {
        var paused = SevenDays.Pause(At(2015, 1, 6), "supplement");
        Assert.Equal(Day(2015, 1, 9), paused.Resume(At(2015, 1, 9), National).Due);
        Assert.Equal(Day(2015, 1, 12), paused.Resume(At(2015, 1, 10), National).Due);
    }

    [Fact]
    public void A_pause_after_the_due_day_heals_nothing()
    {
        var late = SevenDays.Pause(At(2015, 1, 7, 0), "supplement");
        Assert.Equal(Day(2015, 1, 6), late.Resume(At(2015, 1, 20), National).Due);
        Assert.True(late.IsLate(At(2015, 1, 8)));
        Assert.Equal(DeadlineLight.Red, late.Light(At(2015, 1, 8)));
    }

    [Fact]
    public void Two_pauses_add_up()
    {
        var deadline = SevenDays.Pause(At(2014, 12, 26), "supplement").Resume(At(2014, 12, 29), National);
        Assert.Equal(Day(2015, 1, 7), deadline.Due);
        deadline = deadline.Pause(At(2014, 12, 31), "suspension").Resume(At(2015, 1, 12), National);
        Assert.Equal(Day(2015, 1, 16), deadline.Due);
        Assert.Equal(2, deadline.History.Count);
    }

    [Fact]
    public void Pausing_and_resuming_twice_is_harmless()
    {
        var paused = SevenDays.Pause(At(2014, 12, 31), "suspension");
        Assert.Same(paused, paused.Pause(At(2015, 1, 1), "supplement"));
        var resumed = paused.Resume(At(2015, 1, 12), National);
        Assert.Same(resumed, resumed.Resume(At(2015, 1, 13), National));
        Assert.Throws<ArgumentOutOfRangeException>(() => paused.Resume(At(2014, 12, 30), National));
    }

    [Fact]
    public void It_is_extended_once_and_the_old_date_is_kept()
    {
        Assert.True(SevenDays.CanExtend);
        var extended = SevenDays.Extend(5, "张主任", "案情复杂", At(2015, 1, 5), National);
        Assert.NotNull(extended);
        Assert.Equal(Day(2015, 1, 13), extended.Due);
        Assert.Equal(new DeadlineExtension(5, "张主任", "案情复杂", At(2015, 1, 5)), extended.Extension);
        Assert.Equal(Day(2015, 1, 6), Assert.Single(extended.History).OldDue);
        Assert.False(extended.CanExtend);
        Assert.Null(extended.Extend(1, "张主任", "再延", At(2015, 1, 6), National));
    }

    [Fact]
    public void An_extension_names_its_days_its_approver_and_its_reason()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SevenDays.Extend(0, "张主任", "案情复杂", At(2015, 1, 5), National));
        Assert.Throws<ArgumentException>(() => SevenDays.Extend(5, " ", "案情复杂", At(2015, 1, 5), National));
        Assert.Throws<ArgumentException>(() => SevenDays.Extend(5, "张主任", "", At(2015, 1, 5), National));
    }

    [Fact]
    public void A_notice_that_comes_later_moves_the_date_and_keeps_the_old_one()
    {
        var deadline = DeadlineClock.Start(WorkingDays(7), At(2015, 8, 28), BeforeMay2015);
        Assert.Equal(Day(2015, 9, 8), deadline.Due);
        var moved = deadline.Recompute(National, At(2015, 8, 29));
        Assert.Equal(Day(2015, 9, 9), moved.Due);
        Assert.Equal(National.Version, moved.CalendarVersion);
        Assert.Equal(
            [new DueDateChange(Day(2015, 9, 8), BeforeMay2015.Version, DueDateChangeReason.CalendarChanged, At(2015, 8, 29))],
            moved.History);
        Assert.Same(moved, moved.Recompute(National, At(2015, 8, 30)));
    }

    [Fact]
    public void A_notice_that_changes_nothing_leaves_the_record_alone()
    {
        var deadline = DeadlineClock.Start(WorkingDays(7), At(2015, 3, 2), BeforeMay2015);
        Assert.Same(deadline, deadline.Recompute(National, At(2015, 5, 13)));
    }

    [Fact]
    public void Recomputing_keeps_pauses_and_extension()
    {
        var deadline = DeadlineClock.Start(WorkingDays(7), At(2015, 8, 18), BeforeMay2015)
            .Pause(At(2015, 8, 20), "supplement").Resume(At(2015, 8, 27), BeforeMay2015)
            .Extend(2, "张主任", "案情复杂", At(2015, 8, 28), BeforeMay2015);
        Assert.NotNull(deadline);
        Assert.Equal(Day(2015, 9, 7), deadline.Due);
        Assert.Equal(Day(2015, 9, 8), deadline.Recompute(National, At(2015, 8, 29)).Due);
    }

    [Fact]
    public void What_is_met_stays_as_it_was()
    {
        var met = SevenDays.Meet(At(2015, 1, 6, 23));
        Assert.Same(met, met.Meet(At(2015, 1, 9)));
        Assert.Same(met, met.Pause(At(2015, 1, 9), "supplement"));
        Assert.Same(met, met.Recompute(BeforeMay2015, At(2015, 1, 9)));
        Assert.Null(met.Extend(1, "张主任", "案情复杂", At(2015, 1, 9), National));
        Assert.False(met.IsLate(At(2016, 1, 1)));
        Assert.True(SevenDays.Meet(At(2015, 1, 7, 0)).IsLate(At(2015, 1, 7)));
    }

    [Fact]
    public void It_survives_json_whole()
    {
        var deadline = SevenDays.Pause(At(2014, 12, 31), "suspension").Resume(At(2015, 1, 12), National)
            .Extend(5, "张主任", "案情复杂", At(2015, 1, 13), National)!.Pause(At(2015, 1, 14), "supplement");
        var json = JsonSerializer.Serialize(deadline);
        var read = JsonSerializer.Deserialize<Deadline>(json);
        Assert.NotNull(read);
        Assert.Equal(json, JsonSerializer.Serialize(read));
        Assert.Equal(deadline.Rule, read.Rule);
        Assert.Equal((deadline.Start, deadline.Due, deadline.Extension), (read.Start, read.Due, read.Extension));
        Assert.Equal(deadline.Pauses, read.Pauses);
        Assert.Equal(deadline.History, read.History);
        Assert.Contains("\"WorkingDay\"", json, StringComparison.Ordinal);
    }
}
