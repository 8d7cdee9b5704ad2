using RegionHandoff.Handoffs;
using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.Tests.Handoffs;

/// <summary>The whole table: what stands here is legal, everything else is not.</summary>
public sealed class HandoffStateTests
{
    // R4 task status; sides as in Gravity SDOH Clinical Care STU3 and the outside contract.
    private static readonly Dictionary<(Side, string), string> Legal = new()
    {
        [(Side.Requester, "draft")] = "requested cancelled entered-in-error",
        [(Side.Requester, "requested")] = "cancelled entered-in-error",
        [(Side.Requester, "received")] = "cancelled entered-in-error",
        [(Side.Requester, "accepted")] = "cancelled entered-in-error",
        [(Side.Requester, "in-progress")] = "cancelled entered-in-error",
        [(Side.Requester, "on-hold")] = "cancelled entered-in-error",
        [(Side.Requester, "ready")] = "entered-in-error",
        [(Side.Requester, "rejected")] = "entered-in-error",
        [(Side.Requester, "cancelled")] = "entered-in-error",
        [(Side.Requester, "failed")] = "entered-in-error",
        [(Side.Requester, "completed")] = "entered-in-error",
        [(Side.Owner, "requested")] = "received accepted rejected",
        [(Side.Owner, "received")] = "accepted rejected",
        [(Side.Owner, "accepted")] = "in-progress on-hold failed",
        [(Side.Owner, "in-progress")] = "on-hold completed failed",
        [(Side.Owner, "on-hold")] = "in-progress failed",
    };

    [Fact]
    public void Only_the_moves_of_the_table_are_legal_and_only_for_their_side()
    {
        foreach (var side in Enum.GetValues<Side>())
        {
            foreach (var from in Enum.GetValues<TaskStatus>())
            {
                var expected = Legal.GetValueOrDefault((side, Fhir.EnumCodes.GetLiteral(from)), "");
                var actual = Enum.GetValues<TaskStatus>()
                    .Where(to => HandoffState.MayMove(from, to, side)).Select(to => Fhir.EnumCodes.GetLiteral(to));
                Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), actual.Order());
            }
        }
    }

    [Fact]
    public void Each_status_belongs_to_one_side_and_ready_to_none()
    {
        foreach (var status in Enum.GetValues<TaskStatus>())
        {
            var sides = Enum.GetValues<Side>().Count(side => HandoffState.IsOf(side, status));
            Assert.Equal(status == TaskStatus.Ready ? 0 : 1, sides);
        }
    }
}
