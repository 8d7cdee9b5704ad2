using ServiceKit.Storage;

namespace IpsCoaching.Cases;

/// <summary>Lets decisions about one person happen one after the other, also with several instances.</summary>
internal static class PersonTurn
{
    /// <summary>Waits until no other transaction decides about the person; held to the end of this one.</summary>
    /// <param name="person">An id, or an identifier as the index holds it: an identity code only as its hash.</param>
    public static Task Take(Session session, Access access, string person) => session.Execute(
        """
        insert into person_turn (person, turns) values (@person, 1)
        on conflict (person) do update set turns = person_turn.turns + 1
        """,
        new { person = $"{access.Tenant}|{person}" });
}
