#include "calltexts.h"

#include "jsonprefix.h"
#include "session.h"
#include "spancontent.h"

#include <algorithm>
#include <map>

namespace arcscope
{
namespace
{

/// Deeper levels are not indented further.
constexpr std::size_t mostLevels = 24;

/// Texts of one or a few calls; a span is read once.
class Reader
{
public:
    Reader(Workspace& workspace, const Corpus& corpus)
        : m_workspace(workspace)
        , m_corpus(corpus)
    {
    }

    const SpanDetails* details(Row row)
    {
        if (row == noRow)
            return nullptr;
        const auto [found, isNew] = m_known.try_emplace(row);
        if (isNew) {
            if (auto read = loadDetails(m_workspace, m_corpus, row))
                found->second = std::move(*read);
        }
        return found->second ? &*found->second : nullptr;
    }

    std::optional<std::string> text(const CallText& place)
    {
        const SpanDetails* const of = details(place.row);
        return of ? textOf(of->content, place.place) : std::nullopt;
    }

private:
    Workspace& m_workspace;
    const Corpus& m_corpus;
    std::map<Row, std::optional<SpanDetails>> m_known;
};

std::optional<TextDifference> difference(const std::optional<std::string>& before,
                                         const std::optional<std::string>& after)
{
    return before && after ? std::optional(textDifference(*before, *after)) : std::nullopt;
}

void takeError(Reader& reader, const CallTreeSubject& subject, const TreeCall& call, CallTexts& texts)
{
    const auto add = [&](std::string_view text) {
        if (!text.empty() && texts.error.find(text) == std::string::npos)
            texts.error += (texts.error.empty() ? "" : "\n") + std::string(text);
    };
    if (call.span != noRow)
        add(subject.corpus->text(SpanText::ErrorType, call.span));
    if (const SpanDetails* const own = reader.details(call.span))
        add(own->content.statusMessage);
    if ((call.outcome == CallOutcome::Failed || call.outcome == CallOutcome::TimedOut) && texts.result)
        add(*texts.result);
}

/// The call of the same tool before it, where that failed; none: it did not, or lies far behind.
std::uint32_t failedBefore(const CallTree& tree, std::uint32_t index)
{
    constexpr std::uint32_t farthest = 64;
    for (std::uint32_t before = index; before-- > 0 && index - before <= farthest;) {
        const TreeCall& call = tree.calls[before];
        if (call.tool != tree.calls[index].tool || call.kind != tree.calls[index].kind)
            continue;
        const bool failed = call.outcome == CallOutcome::Failed || call.outcome == CallOutcome::TimedOut;
        return failed ? before : TreeCall::none;
    }
    return TreeCall::none;
}

} // namespace

std::optional<std::string> textOf(const SpanContent& content, const TextPlace& place)
{
    switch (place.of) {
    case TextPlace::Of::None:
        break;
    case TextPlace::Of::Input:
    case TextPlace::Of::Output: {
        const auto& messages = place.of == TextPlace::Of::Input ? content.input : content.output;
        if (place.message < messages.size() && place.part < messages[place.message].parts.size())
            return messages[place.message].parts[place.part].text;
        break;
    }
    case TextPlace::Of::ToolArguments:
        return content.toolArguments;
    case TextPlace::Of::ToolResult:
        return content.toolResult;
    case TextPlace::Of::StatusMessage:
        return content.statusMessage;
    case TextPlace::Of::Attribute:
        if (place.message < content.attributes.size())
            return content.attributes[place.message].value;
        break;
    }
    return std::nullopt;
}

std::string indented(std::string_view text)
{
    JsonPrefix whole;
    static_cast<void>(whole.feed(text));
    if (whole.finish() != JsonState::Complete)
        return std::string(text);
    std::string out;
    std::size_t depth = 0;
    bool inString = false;
    const auto newLine = [&] { out += '\n' + std::string(2 * std::min(depth, mostLevels), ' '); };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            out += c;
            if (c == '\\')
                out += text[++i];
            inString = c != '"';
            continue;
        }
        switch (c) {
        case ' ':
        case '\t':
        case '\n':
        case '\r':
            break;
        case '{':
        case '[': {
            out += c;
            const std::size_t next = text.find_first_not_of(" \t\r\n", i + 1);
            if (text[next] == '}' || text[next] == ']') {
                out += text[next];
                i = next;
            } else {
                ++depth;
                newLine();
            }
            break;
        }
        case '}':
        case ']':
            --depth;
            newLine();
            out += c;
            break;
        case ',':
            out += c;
            newLine();
            break;
        case ':':
            out += ": ";
            break;
        default:
            inString = c == '"';
            out += c;
        }
    }
    return out;
}

std::shared_ptr<const CallTexts> readCallTexts(const OpenCorpus& open, const CallTreePtr& subject, std::uint32_t node)
{
    auto texts = std::make_shared<CallTexts>();
    texts->subject = subject;
    texts->node = node;
    auto workspace = Workspace::open(open.session->workspace.path());
    if (!workspace) {
        texts->problem = workspace.error().message;
        return texts;
    }
    Reader reader(*workspace, *subject->corpus);
    const Row own = subject->node(node).row;
    const Row shown = subject->rowFor(node);
    if (const SpanDetails* const details = reader.details(shown))
        texts->record = details->record;
    texts->recordOfAsker = own == noRow;
    const TreeCall* const call = subject->callOf(node);
    if (!call) {
        if (const SpanDetails* const details = reader.details(own))
            texts->error = details->content.statusMessage;
        return texts;
    }
    texts->arguments = reader.text(call->arguments);
    texts->result = reader.text(call->result);
    takeError(reader, *subject, *call, *texts);
    const auto compare = [&](std::uint32_t with, CallComparison::To to) {
        if (with == TreeCall::none)
            return;
        const TreeCall& other = subject->tree.calls[with];
        texts->comparisons.push_back({with, to, difference(reader.text(other.arguments), texts->arguments),
                                      difference(reader.text(other.result), texts->result)});
    };
    compare(call->retryOf, CallComparison::To::Attempt);
    if (call->retryOf == TreeCall::none)
        compare(failedBefore(subject->tree, subject->node(node).index), CallComparison::To::Failed);
    compare(call->repeats, CallComparison::To::Same);
    return texts;
}

} // namespace arcscope
