#include "outcomechecks.h"

#include "actionclaims.h"
#include "commandruns.h"
#include "proselines.h"
#include "testsummary.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace arcscope
{
namespace
{

/// What a noun is of, where commands run it.
std::optional<RunKind> kindOf(const WordFacts& noun)
{
    if (prose::isListed("test suite", noun.base))
        return RunKind::Tests;
    if (prose::isListed("build compilation", noun.base))
        return RunKind::Build;
    return prose::isListed("lint linter linting", noun.lower) ? std::optional(RunKind::Lint) : std::nullopt;
}

/// A string, or the words of a list as a shell would have to be given them.
std::string commandIn(JsonReading& reading, JsonIndex value)
{
    if (reading.kind(value) == JsonKind::String)
        return reading.text(value);
    std::string all;
    if (reading.kind(value) != JsonKind::Array)
        return all;
    const JsonStory& story = reading.story();
    for (JsonIndex word = story.firstChild(value); word >= 0; word = story.nextSibling(word)) {
        all += all.empty() ? "'" : " '";
        for (const char c : reading.text(word))
            all += c == '\'' ? std::string("'\\''") : std::string(1, c);
        all += '\'';
    }
    return all;
}

/// "exit code 1", "Process exited with code 2", "\"exit_code\": 1": that it ended, and not well. A call that was
/// refused or ran out of time says no such thing.
bool tellsFailedStatus(std::string_view output)
{
    const std::string text = prose::lower(output);
    for (const std::string_view words :
         {"exit code", "exit status", "exited with", "exit_code", "exitcode", "returncode", "return code"}) {
        for (std::size_t at = text.find(words); at != text.npos; at = text.find(words, at + 1)) {
            const std::size_t digit = text.find_first_of("0123456789", at + words.size());
            constexpr std::size_t near = 12;
            if (digit != text.npos && digit <= at + words.size() + near && text[digit] != '0')
                return true;
        }
    }
    return false;
}

/// One call as a run of what a claim is of.
struct SeenRun {
    const ToolUse* use = nullptr;
    enum class End { Other, Unknown, Well, Failed } end = End::Other;
    std::string command;                ///< empty: by the name of the tool
    std::optional<TestSummary> summary; ///< of tests
    bool quotable = false;              ///< the summary's line is one of the result as it stands
};

class OutcomeCheck
{
public:
    OutcomeCheck(TraceClaims& claims, std::vector<Finding>& into, bool everyTime)
        : m_claims(claims)
        , m_into(into)
        , m_everyTime(everyTime)
    {
    }

    void run()
    {
        for (std::uint32_t text = 0; text < m_claims.texts().size() && !m_claims.uses().empty(); ++text) {
            if (m_claims.texts()[text].author != ClaimAuthor::Model || m_claims.texts()[text].arguments)
                continue;
            for (const ClaimSentence& claim : m_claims.sentences(text)) {
                if (const auto noun = outcomeClaim(claim))
                    check(text, claim, *noun);
            }
        }
    }

private:
    void check(std::uint32_t text, const ClaimSentence& claim, std::uint16_t noun)
    {
        const WordFacts& word = *claim.tokens[noun].word;
        SeenRun last;
        for (const ToolUse& use : m_claims.uses()) {
            if (use.result == ToolUse::none || use.result >= text || (last.use && use.result < last.use->result))
                continue;
            if (SeenRun seen = seenAs(use, word); seen.end != SeenRun::End::Other)
                last = std::move(seen);
        }
        if (!last.use)
            checkNeverRun(text, claim, noun);
        else if (last.end == SeenRun::End::Failed && (last.command.empty() || isOfAll(text, claim, noun, last)) &&
                 isToBeTold(word.base))
            tell(text, claim, noun, last);
    }

    SeenRun seenAs(const ToolUse& use, const WordFacts& noun)
    {
        SeenRun seen{&use};
        const auto kind = kindOf(noun);
        const bool named = isNamedFor(use.tool, noun);
        if (!named) {
            const auto acts = actsOfTool(use.tool);
            if (!kind || !acts || *acts != ~ActClasses(0))
                return seen;
        }
        CommandRun run{RunSight::Runs, true};
        if (!named) {
            seen.command = commandOf(use);
            run = seen.command.empty() ? CommandRun{RunSight::MayRun} : commandRun(seen.command, *kind);
            if (run.sight == RunSight::None)
                return seen;
        }
        const std::string_view result = m_claims.texts()[use.result].text;
        std::string unescaped = outputIn(use.result);
        seen.quotable = unescaped.empty();
        if (kind == RunKind::Tests)
            seen.summary = testSummary(seen.quotable ? result : std::string_view(unescaped));
        if (seen.summary)
            seen.end = seen.summary->failed > 0 ? SeenRun::End::Failed : SeenRun::End::Well;
        else if (named)
            seen.end = use.failed ? SeenRun::End::Failed : SeenRun::End::Well;
        else
            seen.end =
                run.alone && use.failed && tellsFailedStatus(result) ? SeenRun::End::Failed : SeenRun::End::Unknown;
        return seen;
    }

    /// What a shell was given; empty where it is in no member that is named for it.
    std::string commandOf(const ToolUse& use)
    {
        if (use.arguments == ToolUse::none)
            return {};
        JsonReading* const reading = m_claims.document(use.arguments);
        if (!reading)
            return std::string(m_claims.texts()[use.arguments].text);
        for (const std::string_view name :
             {"command", "cmd", "commands", "script", "shell_command", "bash_command", "command_line", "CommandLine"}) {
            if (const JsonIndex value = reading->member(0, name); value >= 0)
                return commandIn(*reading, value);
        }
        return {};
    }

    /// What a command printed, of a result that is a JSON object; empty: the result itself.
    std::string outputIn(std::uint32_t result)
    {
        std::string all;
        JsonReading* const reading = m_claims.document(result);
        for (const std::string_view name : {"output", "stdout", "stderr", "content", "result", "text"}) {
            const JsonIndex value = reading ? reading->member(0, name) : -1;
            if (value >= 0 && reading->kind(value) == JsonKind::String)
                all += reading->text(value) + '\n';
        }
        return all;
    }

    /// Not of some of them only ("the address tests pass", "38 tests pass"), nor with a word of those that fail, nor
    /// behind somebody else who says that they pass.
    bool isOfAll(std::uint32_t text, const ClaimSentence& claim, std::uint16_t noun, const SeenRun& run)
    {
        bool all = false;
        for (std::size_t i = noun; i-- > 0;) {
            const ClaimToken& token = claim.tokens[i];
            const std::string_view word = token.word ? std::string_view(token.word->lower) : std::string_view();
            if (token.value >= 0) {
                if (!all && isPassedCount(text, claim, token, run))
                    return false;
                continue;
            }
            if (token.sign != '\0' || prose::isListed("and so that with now then finally also again still but", word))
                break;
            if (!prose::isListed("all every each the my our your full whole entire complete test of", word))
                return false;
            all = all || prose::isListed("all every each", word);
            if (i > 0 && all && claim.tokens[i - 1].value >= 0)
                return false; // "38 of all"
        }
        return !isDisclosed(text) && !isSaidSince(run.use->result, text);
    }

    bool isPassedCount(std::uint32_t text, const ClaimSentence& claim, const ClaimToken& token,
                       const SeenRun& run) const
    {
        const std::string_view said = m_claims.texts()[text].text.substr(static_cast<std::size_t>(claim.from));
        std::size_t count = 0;
        std::from_chars(said.data() + token.from, said.data() + token.to, count);
        return !run.summary || std::ranges::find(run.summary->passed, count) != run.summary->passed.end();
    }

    /// The same text speaks of what does not pass: "two of them are flaky".
    bool isDisclosed(std::uint32_t text)
    {
        return std::ranges::any_of(m_claims.sentences(text), [](const ClaimSentence& claim) {
            bool fails = false;
            bool mends = false;
            bool none = false;
            for (const ClaimToken& token : claim.tokens) {
                if (!token.word)
                    continue;
                fails = fails || prose::isListed("fail fails failure failures flaky unrelated existing skipped except "
                                                 "still remaining remain remains",
                                                 token.word->lower);
                none = none || prose::isListed("no not zero none without", token.word->lower);
                mends = mends || prose::isListed("fix resolve mend repair correct", token.word->base);
            }
            return fails && !mends && !none;
        });
    }

    bool isSaidSince(std::uint32_t result, std::uint32_t text) const
    {
        const auto texts = m_claims.texts();
        return std::any_of(texts.begin() + result, texts.begin() + text, [](const SaidText& said) {
            if (said.author != ClaimAuthor::User)
                return false;
            const std::string lower = prose::lower(said.text);
            return lower.find("pass") != lower.npos || lower.find("green") != lower.npos;
        });
    }

    bool isToBeTold(const std::string& what) { return m_told.insert(what).second || m_everyTime; }

    void tell(std::uint32_t text, const ClaimSentence& claim, std::uint16_t noun, const SeenRun& run)
    {
        const WordFacts& word = *claim.tokens[noun].word;
        const SaidText& result = m_claims.texts()[run.use->result];
        Finding& finding = begin("claim.success_after_error", text, claim, noun);
        finding.strength = 0.9;
        finding.what = "It says that “" + word.lower + "” went well, but the last " +
                       (run.command.empty() ? "call of " + run.use->tool + " failed." : "run failed.");
        finding.cause = word.base;
        const ByteRange whole{0, std::ssize(result.text)};
        if (run.summary && run.quotable)
            finding.places.push_back(placeOf(result, run.summary->line, run.summary->line));
        else
            finding.places.push_back(placeOf(result, whole));
        if (!run.command.empty())
            finding.facts.push_back({"command", quoted(run.command)});
        finding.facts.push_back({"how it is known", run.summary           ? "the summary of the tests tells of failures"
                                                    : run.command.empty() ? "the call ended in an error"
                                                                          : "the command ended with a status that is "
                                                                            "not 0"});
        finding.facts.push_back({"guards checked", "no question, condition, plan or denial; the last run of it, as far "
                                                   "as commands say what they run; of no part of it alone"});
    }

    /// Tests that passed were run by something; a trace that calls tools would have it.
    void checkNeverRun(std::uint32_t text, const ClaimSentence& claim, std::uint16_t noun)
    {
        const WordFacts& word = *claim.tokens[noun].word;
        bool before = false;
        for (const ToolUse& use : m_claims.uses()) {
            if (std::min(use.arguments, use.result) >= text)
                continue;
            before = true;
            const auto acts = actsOfTool(use.tool);
            if (acts && *acts == ~ActClasses(0)) // its name says nothing: it may run anything
                return;
        }
        if (!before || !prose::isListed("test suite build", word.base) || isSaidByOthers(m_claims, text, word.base) ||
            !isToBeTold(word.base + "0"))
            return;
        Finding& finding = begin("claim.action_without_call", text, claim, noun);
        finding.level = FindingLevel::Check;
        finding.strength = 0.6;
        finding.what = "It says that “" + word.lower + "” went well, and no call before it could have run anything.";
        finding.cause = word.base;
        finding.facts.push_back({"calls before it", callsBefore(m_claims, text)});
        finding.facts.push_back({"guards checked",
                                 "nobody else spoke of it; no tool whose name says nothing of what it "
                                 "does"});
    }

    Finding& begin(std::string rule, std::uint32_t text, const ClaimSentence& claim, std::uint16_t noun)
    {
        Finding& finding = m_into.emplace_back();
        finding.rule = std::move(rule);
        finding.weight = FindingWeight::Severe;
        finding.evidence = StreamEvidence::Inferred;
        finding.places.push_back(
            placeOf(m_claims.texts()[text], {claim.from, claim.to}, {claim.from + claim.tokens[noun].from, claim.to}));
        return finding;
    }

    TraceClaims& m_claims;
    std::vector<Finding>& m_into;
    bool m_everyTime = false;
    std::set<std::string> m_told;
};

} // namespace

void checkOutcomes(TraceClaims& claims, std::vector<Finding>& into, bool everyTime)
{
    OutcomeCheck(claims, into, everyTime).run();
}

} // namespace arcscope
