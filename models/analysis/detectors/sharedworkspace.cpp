// What goes wrong where several users and agents work on the same things.
#include "accessrules.h"
#include "instructions.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr auto rules = std::to_array<DetectorRule>({
    {"workspace.lost_update", FindingLevel::Check,
     "Somebody replaces what another one wrote since he read it, or two writes are based on one version. Of tools "
     "whose "
     "names say that they read or write, and whose arguments name the resource.",
     "Ann reads page 7, Bob writes its title, Ann writes its title", "Ann reads page 7 again before she writes"},
    {"workspace.principal_mismatch", FindingLevel::Finding, "A tool ran as another user than the one who asked.",
     "A request of ann calls a tool whose span has the user bob", "both have the user ann"},
    {"workspace.instruction_conflict", FindingLevel::Check, "Two users of one conversation ask for opposite settings.",
     "Ann: “Set the retry limit to 3.” Bob: “Set the retry limit to 8.”",
     "Ann: “Set the retry limit to 3.” Bob: “Set the page limit of the report to 8.”"},
    {"workspace.unanswered", FindingLevel::Check,
     "Of two users who asked one behind the other, all that follows speaks of what the later one asked for.",
     "Ann: “Book the hotel.” Bob: “Translate the letter.” “Here is the translated letter.”",
     "“I have booked the hotel, and here is the translated letter.”"},
});

/// Names of one kind can be compared: two addresses, two numbers.
int formOf(std::string_view user)
{
    if (user.find('@') != user.npos)
        return 1;
    return std::ranges::all_of(user, [](char c) { return c >= '0' && c <= '9'; }) ? 2 : 3;
}

void findPrincipals(TraceReading& trace, std::vector<Finding>& into)
{
    const Corpus& corpus = trace.corpus();
    for (const Row row : trace.rows()) {
        const std::string_view ran = corpus.text(SpanText::User, row);
        if (corpus.spans.kind(row) != SpanKind::ToolCall || ran.empty())
            continue;
        Row around = corpus.spans.parent(row);
        while (around != noRow && corpus.text(SpanText::User, around).empty())
            around = corpus.spans.parent(around);
        const std::string_view asked = around == noRow ? std::string_view() : corpus.text(SpanText::User, around);
        if (asked.empty() || asked == ran)
            continue;
        Finding& finding = into.emplace_back();
        finding.rule = "workspace.principal_mismatch";
        finding.level = formOf(asked) == formOf(ran) ? FindingLevel::Finding : FindingLevel::Check;
        finding.what = "A tool ran as " + std::string(ran) + "; " + std::string(asked) + " asked for it.";
        finding.cause = std::string(asked) + '/' + std::string(ran);
        FindingPlace tool;
        tool.row = row;
        tool.time = corpus.spans.start(row);
        tool.quote = quoted(ran);
        FindingPlace asker;
        asker.row = around;
        asker.time = corpus.spans.start(around);
        asker.quote = quoted(asked);
        finding.places = {tool, asker};
    }
}

void run(TraceReading& trace, std::vector<Finding>& into)
{
    eachResource(accessesOf(trace), [&](const Accesses& accesses) { findLostUpdates(accesses, into); });
    findPrincipals(trace, into);
    const Conversation conversation = conversationOf(trace);
    findInstructionConflicts(conversation, into);
    findUnanswered(conversation, into);
}

void conclude(const Corpus& corpus, std::span<const TraceFact> facts, std::vector<Finding>& into)
{
    concludeAccesses(corpus, facts, findLostUpdates, into);
}

} // namespace

Detector sharedWorkspace()
{
    return {"shared-workspace", 1, rules, run, collectAccesses, conclude};
}

} // namespace arcscope
