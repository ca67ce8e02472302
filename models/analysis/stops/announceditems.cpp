#include "announceditems.h"

#include "proselines.h"
#include "sentences.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace arcscope
{
namespace
{

constexpr auto numberWords = std::to_array<std::string_view>(
    {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"});
constexpr auto countable = std::to_array<std::string_view>(
    {"steps",    "things",     "items",     "points",          "reasons",     "options", "ways",        "parts",
     "sections", "tips",       "questions", "issues",          "changes",     "files",   "tasks",       "phases",
     "examples", "ideas",      "features",  "benefits",        "problems",    "stages",  "suggestions", "tests",
     "methods",  "components", "factors",   "recommendations", "categories",  "rules",   "strategies",  "advantages",
     "measures", "findings",   "causes",    "approaches",      "differences", "checks",  "actions",     "bugs"});

struct Line {
    std::string_view text;
    std::int64_t from = 0;
};

std::vector<Line> linesIn(std::string_view text)
{
    std::vector<Line> lines;
    for (const std::string_view line : prose::linesOf(text))
        lines.push_back({line, line.data() - text.data()});
    return lines;
}

/// A word of a line, in lower case, of letters and digits.
std::vector<std::string> wordsOf(std::string_view line)
{
    std::vector<std::string> words;
    std::string word;
    for (const char c : prose::lower(line) + ' ') {
        if (prose::isWordByte(c) || c == '\'') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    return words;
}

int numberOf(const std::string& word)
{
    const auto found = std::find(numberWords.begin(), numberWords.end(), word);
    if (found != numberWords.end())
        return static_cast<int>(found - numberWords.begin());
    if (word.empty() || word.size() > 2 ||
        !std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return -1;
    return std::stoi(word);
}

/// "follow these five steps:": the number right before the noun or one word before it.
int announcedBy(std::string_view line)
{
    std::string_view bare = prose::withoutClosers(prose::trimmed(line));
    if (!bare.ends_with(':'))
        return 0;
    const auto words = wordsOf(bare);
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (std::find(countable.begin(), countable.end(), words[i]) == countable.end())
            continue;
        for (std::size_t back = 1; back <= 3 && back <= i; ++back) {
            const int number = numberOf(words[i - back]);
            if (number < 0 && words[i - back].ends_with('s')) // it counts another thing: "3 days"
                break;
            const bool vague = i > back && (words[i - back - 1] == "least" || words[i - back - 1] == "about" ||
                                            words[i - back - 1] == "to" || words[i - back - 1] == "or" ||
                                            words[i - back - 1] == "step");
            if (number >= 2 && number <= 20 && !vague)
                return number;
        }
    }
    return 0;
}

struct Item {
    std::size_t indent = 0;
    int number = 0;     ///< 0: a bullet
    bool block = false; ///< a heading or the like: paragraphs behind it are of it
};

/// The mark of an item: "3.", "3)", "### 3.", "**3.", "Step 3", "-".
std::optional<Item> itemOf(std::string_view line)
{
    Item item;
    item.indent = std::min(line.find_first_not_of(" \t"), line.size());
    std::string_view rest = line.substr(item.indent);
    if (rest.size() > 1 && (rest[0] == '-' || rest[0] == '*' || rest[0] == '+') && rest[1] == ' ')
        return item;
    if (rest.starts_with("\u2022"))
        return item;
    const bool heading = rest.starts_with('#') || rest.starts_with("**");
    rest.remove_prefix(std::min(rest.find_first_not_of("#* "), rest.size()));
    const bool step = prose::lower(rest.substr(0, 5)) == "step ";
    if (step)
        rest.remove_prefix(5);
    std::size_t digits = 0;
    while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9')
        ++digits;
    if (digits == 0 || digits > 2 || digits == rest.size())
        return std::nullopt;
    const char behind = rest[digits];
    if (behind != '.' && behind != ')' && behind != ':' && !(step && (behind == ' ' || behind == '*')) &&
        !(heading && behind == ' '))
        return std::nullopt;
    item.number = std::stoi(std::string(rest.substr(0, digits)));
    item.block = heading || step;
    return item;
}

/// The items of the list behind a line, where nothing but the list follows.
int itemsBehind(const std::vector<Line>& lines, std::size_t at)
{
    std::optional<Item> first;
    int given = 0;
    bool blank = false;
    bool code = false;
    bool behind = false; // a paragraph that is no part of the last item
    for (std::size_t i = at + 1; i < lines.size(); ++i) {
        const std::string_view line = lines[i].text;
        const bool fence = prose::trimmed(line).starts_with("```");
        code = code != fence;
        if (code || fence)
            continue;
        if (prose::trimmed(line).empty()) {
            blank = true;
            continue;
        }
        const auto item = itemOf(line);
        if (item && (!first || (item->indent == first->indent && (item->number > 0) == (first->number > 0)))) {
            if (!first)
                first = item;
            given = item->number > 0 ? std::max(given, item->number) : given + 1;
            behind = false;
        } else if (!first) {
            return 0; // another text before the list
        } else if (!item && blank && !first->block && line.find_first_not_of(" \t") <= first->indent) {
            behind = true;
        }
        blank = false;
    }
    return behind ? 0 : given;
}

constexpr auto beginnings = std::to_array<std::string_view>(
    {"let me ", "i'll ", "i will ", "i'm going to ", "i am going to ", "let's ", "i need to "});
constexpr auto before = std::to_array<std::string_view>({"now", "first", "next", "then", "okay", "ok", "great", "good",
                                                         "alright", "perfect", "so", "also", "and", "but", "finally"});
constexpr auto adverbs = std::to_array<std::string_view>(
    {"now",      "first", "also", "then", "just",  "quickly", "start",       "begin", "by",   "proceed", "with", "to",
     "continue", "try",   "next", "go",   "ahead", "and",     "immediately", "need",  "take", "a",       "look"});
constexpr auto acts = std::to_array<std::string_view>(
    {"check",   "checking", "look",    "run",      "running", "search",     "searching",    "read",    "reading",
     "open",    "inspect",  "examine", "review",   "verify",  "verifying",  "fetch",        "find",    "list",
     "fix",     "fixing",   "update",  "updating", "create",  "creating",   "write",        "writing", "edit",
     "editing", "test",     "testing", "add",      "adding",  "see",        "investigate",  "explore", "exploring",
     "query",   "retrieve", "pull",    "install",  "execute", "implement",  "implementing", "analyze", "analyse",
     "cancel",  "book",     "send",    "transfer", "remove",  "delete",     "rebuild",      "build",   "deploy",
     "compile", "grep",     "modify",  "apply",    "process", "processing", "cancelling",   "booking", "get",
     "refund",  "change",   "make"});
constexpr auto conditions = std::to_array<std::string_view>(
    {"if",      "once",    "when",      "after",    "until",   "unless",  "later",    "tomorrow", "soon",
     "know",    "would",   "could",     "whenever", "week",    "month",   "tonight",  "future",   "confirm",
     "provide", "explain", "summarize", "please",   "example", "suppose", "anything", "should",   "can"});

template <std::size_t N>
bool isOneOf(const std::string& word, const std::array<std::string_view, N>& words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// "let", "me", "now", "check", …: what is done, next and without a condition.
bool promises(const std::vector<std::string>& words)
{
    std::size_t at = 0;
    while (at < words.size() && isOneOf(words[at], before))
        ++at;
    std::string rest;
    for (std::size_t i = at; i < words.size(); ++i)
        rest += words[i] + ' ';
    for (const std::string_view beginning : beginnings) {
        if (!rest.starts_with(beginning))
            continue;
        std::size_t verb = at + static_cast<std::size_t>(std::count(beginning.begin(), beginning.end(), ' '));
        while (verb < words.size() && isOneOf(words[verb], adverbs) && !isOneOf(words[verb], acts))
            ++verb;
        return verb < words.size() && isOneOf(words[verb], acts);
    }
    return false;
}

} // namespace

std::optional<AnnouncedItems> missingItems(std::string_view text)
{
    const std::vector<Line> lines = linesIn(text);
    bool code = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (prose::trimmed(lines[i].text).starts_with("```"))
            code = !code;
        const int announced = code ? 0 : announcedBy(lines[i].text);
        if (announced == 0)
            continue;
        const int given = itemsBehind(lines, i);
        if (given > 0 && given < announced)
            return AnnouncedItems{announced, given, lines[i].from,
                                  lines[i].from + static_cast<std::int64_t>(lines[i].text.size())};
    }
    return std::nullopt;
}

std::optional<PromisedAct> promisedAct(std::string_view text)
{
    constexpr std::size_t lastBytes = 2'000;
    std::size_t skipped = text.size() - std::min(text.size(), lastBytes);
    if (skipped > 0)
        skipped = std::min(text.find('\n', skipped), text.size());
    const std::string_view tail = text.substr(skipped);
    const auto sentences = sentencesOf(tail);
    if (sentences.empty() || !prose::trimmed(tail.substr(static_cast<std::size_t>(sentences.back().to))).empty())
        return std::nullopt;
    // Behind a question it is what follows its answer.
    if (sentences.size() > 1) {
        const Sentence& before = sentences[sentences.size() - 2];
        const auto asked =
            tail.substr(static_cast<std::size_t>(before.from), static_cast<std::size_t>(before.to - before.from));
        if (asked.ends_with('?') || prose::lower(asked).starts_with("please"))
            return std::nullopt;
    }
    const Sentence& last = sentences.back();
    std::string sentence(
        tail.substr(static_cast<std::size_t>(last.from), static_cast<std::size_t>(last.to - last.from)));
    for (std::size_t at = sentence.find("\u2019"); at != std::string::npos; at = sentence.find("\u2019", at))
        sentence.replace(at, 3, "'");
    if (sentence.find('?') != std::string::npos)
        return std::nullopt;
    const auto words = wordsOf(sentence);
    if (words.size() > 40 ||
        std::any_of(words.begin(), words.end(), [](const auto& word) { return isOneOf(word, conditions); }))
        return std::nullopt;
    if (!promises(words))
        return std::nullopt;
    return PromisedAct{static_cast<std::int64_t>(skipped) + last.from, static_cast<std::int64_t>(skipped) + last.to};
}

} // namespace arcscope
