#include "story.h"

#include "annotation.h"
#include "viewchoice.h"

#include <algorithm>
#include <array>
#include <set>

namespace arcscope
{
namespace
{

constexpr std::string_view head = "arcscope story 1";
constexpr std::string_view stepHead = "== step";

/// Backslashes, carriage returns and, in a value, line feeds do not stand for themselves.
std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '\\')
            out += "\\\\";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out;
}

/// False for an escape that is none.
bool unescape(std::string_view line, std::string& out)
{
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] != '\\') {
            out += line[i];
            continue;
        }
        const char next = ++i < line.size() ? line[i] : '\0';
        if (next != '\\' && next != 'r' && next != 'n')
            return false;
        out += next == 'r' ? '\r' : next == 'n' ? '\n' : '\\';
    }
    return true;
}

struct Field {
    std::string_view word;
    std::string ViewState::*value;
};
constexpr auto fields = std::to_array<Field>({{"view", &ViewState::view},
                                              {"trace", &ViewState::trace},
                                              {"span", &ViewState::span},
                                              {"part", &ViewState::part},
                                              {"filter", &ViewState::filter},
                                              {"chosen", &ViewState::chosen}});

struct RangeField {
    std::string_view word;
    TimeRange ViewState::*range;
};
constexpr auto rangeFields =
    std::to_array<RangeField>({{"range", &ViewState::range}, {"visible", &ViewState::visible}});

constexpr std::string_view between = " to ";

bool readRange(const std::string& text, TimeRange& range)
{
    const std::size_t at = text.find(between);
    if (at == std::string::npos)
        return false;
    const auto from = parseIsoTime(std::string_view(text).substr(0, at));
    const auto to = parseIsoTime(std::string_view(text).substr(at + between.size()));
    if (!from || !to || to->time < from->time || from->time == noTime)
        return false;
    range = {from->time, to->time};
    return true;
}

void writeStep(const StoryStep& step, std::string& out)
{
    const auto line = [&](std::string_view word, std::string_view value) {
        if (!value.empty())
            out.append(word).append(": ").append(escaped(value)).append("\n");
    };
    out.append("\n").append(stepHead).append("\n");
    line("title", step.title);
    for (const Field& field : fields)
        line(field.word, step.state.*field.value);
    for (const RangeField& field : rangeFields) {
        const TimeRange& range = step.state.*field.range;
        if (range.recorded())
            line(field.word, isoText(range.start) + std::string(between) + isoText(range.end));
    }
    if (step.text.empty())
        return;
    std::string_view rest = step.text;
    while (true) {
        const std::size_t end = rest.find('\n');
        const std::string text = escaped(rest.substr(0, end));
        out.append(text.empty() ? "|" : "| ").append(text).append("\n");
        if (end == std::string_view::npos)
            return;
        rest.remove_prefix(end + 1);
    }
}

class Reader
{
public:
    explicit Reader(std::string_view text)
        : m_rest(text)
    {
    }

    Result<Story> read()
    {
        if (m_rest.starts_with("\xEF\xBB\xBF"))
            m_rest.remove_prefix(3);
        std::string_view line;
        if (!next(line) || line != head)
            return wrong("a story begins with the line \"" + std::string(head) + "\"");
        while (next(line)) {
            if (line.find_first_not_of(" \t") == std::string_view::npos)
                continue;
            if (line == stepHead) {
                m_story.steps.emplace_back();
                m_seen.clear();
                m_lines = 0;
            } else if (auto done = line.front() == '|' ? readText(line) : readField(line); !done) {
                return done.error();
            }
        }
        return std::move(m_story);
    }

private:
    bool next(std::string_view& line)
    {
        if (m_rest.empty())
            return false;
        ++m_number;
        line = m_rest.substr(0, m_rest.find('\n'));
        m_rest.remove_prefix(std::min(line.size() + 1, m_rest.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        return true;
    }

    Error wrong(const std::string& what) const
    {
        return {ErrorCode::Malformed, "line " + std::to_string(m_number) + ": " + what};
    }

    Result<void> readText(std::string_view line)
    {
        if (m_story.steps.empty())
            return wrong("a text belongs to a step");
        line.remove_prefix(line.starts_with("| ") ? 2 : 1);
        std::string& text = m_story.steps.back().text;
        if (m_lines++ > 0)
            text += '\n';
        return unescape(line, text) ? Result<void>() : wrong("a backslash is written \"\\\\\"");
    }

    Result<void> readField(std::string_view line)
    {
        const std::size_t colon = line.find(':');
        const std::string word(line.substr(0, colon));
        if (colon == std::string_view::npos)
            return wrong("expected \"word: value\", \"| text\" or \"" + std::string(stepHead) + "\"");
        line.remove_prefix(colon + 1);
        if (line.starts_with(' '))
            line.remove_prefix(1);
        std::string value;
        if (!unescape(line, value))
            return wrong("a backslash is written \"\\\\\"");
        if (!m_seen.insert(word).second)
            return wrong(word + " is said twice");
        if (m_story.steps.empty()) {
            if (word != "title")
                return wrong(word + " is nothing of a story: it has a title and steps");
            m_story.title = std::move(value);
            return {};
        }
        return set(m_story.steps.back(), word, std::move(value));
    }

    Result<void> set(StoryStep& step, const std::string& word, std::string value)
    {
        if (word == "title") {
            step.title = std::move(value);
            return {};
        }
        for (const Field& field : fields) {
            if (field.word != word)
                continue;
            if (word == "part" && !parsePlacePart(value))
                return wrong("a part is \"bytes:FROM-TO\", \"event:N\" or \"time:FROM..TO\"");
            if (word == "chosen" && !parseViewChoice(value))
                return wrong("what is chosen is \"arc:KEY\", \"finding:KEY\" or \"lens:NAME\"");
            step.state.*field.value = std::move(value);
            return {};
        }
        for (const RangeField& field : rangeFields) {
            if (field.word == word)
                return readRange(value, step.state.*field.range)
                           ? Result<void>()
                           : wrong(word + " is two times with \" to \" between them, the later one last");
        }
        return wrong(word + " is nothing of a step");
    }

    std::string_view m_rest;
    Story m_story;
    std::size_t m_number = 0;
    std::size_t m_lines = 0; ///< of the text of the step
    std::set<std::string, std::less<>> m_seen;
};

} // namespace

std::string storyText(const Story& story)
{
    std::string out = std::string(head) + '\n';
    if (!story.title.empty())
        out.append("title: ").append(escaped(story.title)).append("\n");
    for (const StoryStep& step : story.steps)
        writeStep(step, out);
    return out;
}

Result<Story> parseStory(std::string_view text)
{
    return Reader(text).read();
}

} // namespace arcscope
