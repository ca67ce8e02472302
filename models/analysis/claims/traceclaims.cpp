#include "traceclaims.h"

#include "detector.h"
#include "proselines.h"
#include "sentences.h"

#include <algorithm>
#include <array>

namespace arcscope
{

struct TraceClaims::Document {
    JsonStory story;
    std::unique_ptr<JsonReading> reading; ///< null: no document
};

namespace
{

/// A span begins, and brings what it is given, or ends, and brings what it gives.
struct Moment {
    Row row = noRow;
    bool end = false;
    Nanos time = noTime;
};

ClaimAuthor authorOf(Role role, PartKind kind, SpanKind span)
{
    if (kind == PartKind::ToolResult || role == Role::Tool || span == SpanKind::Retrieval)
        return ClaimAuthor::Tool;
    if (role == Role::System)
        return ClaimAuthor::Template;
    return role == Role::User ? ClaimAuthor::User : ClaimAuthor::Model;
}

/// Their texts judge others and claim nothing of their own.
bool isJudge(SpanKind kind)
{
    return kind == SpanKind::Evaluator || kind == SpanKind::Guardrail || kind == SpanKind::Embedding;
}

bool isDocument(std::string_view text)
{
    const std::string_view bare = prose::trimmed(text);
    return bare.size() > 1 &&
           ((bare.front() == '{' && bare.back() == '}') || (bare.front() == '[' && bare.back() == ']'));
}

} // namespace

/// Walks the tree: what a span is given when it begins, what it gives when it ends.
class TraceClaims::Gathering
{
public:
    Gathering(TraceReading& trace, TraceClaims& into)
        : m_trace(trace)
        , m_spans(trace.corpus().spans)
        , m_into(into)
    {
    }

    void run()
    {
        std::vector<Moment> moments;
        bool timed = true;
        std::vector<Row> open;
        const auto add = [&](Row row, bool end) {
            if (isJudge(m_spans.kind(row)))
                return;
            const Nanos start = m_spans.start(row);
            const Nanos time = end && start != noTime ? m_spans.range(row).end : start;
            moments.push_back({row, end, time});
            timed = timed && (time != noTime || m_spans.flagged(row, SpanFlag::Synthetic));
        };
        const auto close = [&] {
            add(open.back(), true);
            open.pop_back();
        };
        for (const Row row : m_trace.rows()) {
            while (!open.empty() && open.back() != m_spans.parent(row))
                close();
            open.push_back(row);
            add(row, false);
        }
        while (!open.empty())
            close();
        if (timed)
            std::ranges::stable_sort(moments, {}, &Moment::time);
        for (const Moment& moment : moments)
            read(moment);
    }

private:
    void read(const Moment& moment)
    {
        const auto content = m_trace.content(moment.row);
        if (!content)
            return;
        messages(moment.end ? content->output : content->input, moment);
        if (m_spans.kind(moment.row) == SpanKind::ToolCall)
            toolText(*content, moment);
    }

    static SaidText saidAt(const Moment& moment, std::string_view text)
    {
        SaidText said;
        said.row = moment.row;
        said.time = moment.time;
        said.text = text;
        said.last = moment.end;
        return said;
    }

    void messages(const std::vector<Message>& all, const Moment& moment)
    {
        const TextPlace::Of of = moment.end ? TextPlace::Of::Output : TextPlace::Of::Input;
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (std::size_t j = 0; j < all[i].parts.size(); ++j) {
                const Part& part = all[i].parts[j];
                const bool call = part.kind == PartKind::ToolCall;
                if (part.kind == PartKind::Media || part.kind == PartKind::Other)
                    m_into.m_firstUnread =
                        std::min(m_into.m_firstUnread, static_cast<std::uint32_t>(m_into.m_texts.size()));
                if (!call && part.kind != PartKind::Text && part.kind != PartKind::ToolResult)
                    continue;
                SaidText said = saidAt(moment, part.text);
                said.author = authorOf(all[i].role, part.kind, m_spans.kind(moment.row));
                said.arguments = call;
                said.failed = part.failed;
                said.place = {of, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j)};
                if (call || said.author == ClaimAuthor::Tool) {
                    said.tool = part.name.empty() && !call ? all[i].name : part.name;
                    said.call = part.id;
                }
                take(std::move(said));
            }
        }
    }

    void toolText(const SpanContent& content, const Moment& moment)
    {
        SaidText said = saidAt(moment, moment.end ? content.toolResult : content.toolArguments);
        said.author = moment.end ? ClaimAuthor::Tool : ClaimAuthor::Model;
        said.arguments = !moment.end;
        said.failed = moment.end && (content.toolFailed || m_spans.status(moment.row) == SpanStatus::Error);
        said.last = true;
        said.place = {moment.end ? TextPlace::Of::ToolResult : TextPlace::Of::ToolArguments, 0, 0};
        said.tool = m_trace.corpus().text(SpanText::Tool, moment.row);
        if (said.tool.empty())
            said.tool = m_trace.corpus().text(SpanText::Name, moment.row);
        said.call = m_trace.corpus().text(SpanText::ToolCallId, moment.row);
        take(std::move(said));
    }

    /// Equal for what says the same; white space does not count, sources write JSON as they like. Ids of calls alone
    /// say little: some programs use one again. So the tool counts, too: get_order and cancel_order may be given the
    /// same.
    static std::uint64_t identityOf(const SaidText& said, bool withCall)
    {
        std::uint64_t hash = wordKey(said.author == ClaimAuthor::Tool ? "result" : said.arguments ? "arguments" : "");
        for (const char c : said.text.substr(0, longestText)) {
            if (!prose::isSpace(c))
                hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
        }
        const bool tool = said.arguments || said.author == ClaimAuthor::Tool;
        if (!tool || !withCall)
            return hash;
        return hash ^ wordKey(said.call) ^ (said.arguments ? wordKey(said.tool) * 1099511628211u : 0);
    }

    using Counts = std::unordered_map<std::uint64_t, std::size_t>;

    static bool takeOne(Counts& from, std::uint64_t what)
    {
        const auto found = from.find(what);
        if (found == from.end() || found->second == 0)
            return false;
        --found->second;
        return true;
    }

    /// The same words may be said twice: new is what a span has more often than all before it. What a span of a tool
    /// did is what a message tells of, under the same id or, where the span has none, in the same words.
    bool isNew(const SaidText& said)
    {
        const bool tool = said.arguments || said.author == ClaimAuthor::Tool;
        const std::uint64_t words = identityOf(said, false);
        const std::uint64_t call = identityOf(said, true);
        if (said.place.of == TextPlace::Of::ToolArguments || said.place.of == TextPlace::Of::ToolResult) {
            const bool told = said.call.empty() ? takeOne(m_told, words) : takeOne(m_toldCalls, call);
            if (!told)
                ++(said.call.empty() ? m_done[words] : m_doneCalls[call]);
            return !told;
        }
        // An id that is used again is of another call where the tool is another one.
        const std::uint64_t identity = said.arguments ? call ^ (wordKey(said.tool) * 31) : call;
        if (++m_counts[said.row][identity] <= m_known[identity])
            return false;
        ++m_known[identity];
        if (!tool)
            return true;
        if (takeOne(m_doneCalls, call) || takeOne(m_done, words))
            return false;
        ++m_told[words];
        ++m_toldCalls[call];
        return true;
    }

    void take(SaidText said)
    {
        const bool tool = said.arguments || said.author == ClaimAuthor::Tool;
        if ((prose::trimmed(said.text).empty() && !tool) || !isNew(said)) {
            if (tool)
                settle(said);
            return;
        }
        const std::size_t room = std::min(longestText, mostBytes - std::min(mostBytes, m_bytes));
        if (said.text.size() > room) {
            m_into.m_skipped += said.text.size() - room;
            said.text = quotedView(said.text, room);
        }
        m_bytes += said.text.size();
        if (said.author == ClaimAuthor::Tool)
            said.failed = said.failed || saysError(said.text);
        said.text = m_into.m_kept.emplace_back(said.text);
        const auto index = static_cast<std::uint32_t>(m_into.m_texts.size());
        m_into.m_texts.push_back(said);
        if (said.arguments)
            ask(said, index);
        else if (said.author == ClaimAuthor::Tool)
            give(said, index);
    }

    static std::string_view quotedView(std::string_view text, std::size_t most)
    {
        while (most > 0 && most < text.size() && (static_cast<unsigned char>(text[most]) & 0xC0u) == 0x80u)
            --most;
        return text.substr(0, most);
    }

    ToolUse* known(const SaidText& said)
    {
        if (said.call.empty())
            return nullptr;
        const auto found = m_byCall.find(said.call);
        return found == m_byCall.end() ? nullptr : &m_into.m_uses[found->second];
    }

    ToolUse& use(const SaidText& said)
    {
        if (!said.call.empty())
            m_byCall[said.call] = m_into.m_uses.size();
        ToolUse& made = m_into.m_uses.emplace_back();
        made.tool = said.tool;
        made.call = said.call;
        made.row = said.row;
        return made;
    }

    void ask(const SaidText& said, std::uint32_t index)
    {
        // The span of a call whose arguments are written in another way.
        ToolUse* const asked = said.place.of == TextPlace::Of::ToolArguments ? known(said) : nullptr;
        ToolUse& of = asked && asked->result == ToolUse::none ? *asked : use(said);
        of.arguments = std::min(of.arguments, index);
    }

    void give(const SaidText& said, std::uint32_t index)
    {
        ToolUse* of = known(said);
        if (!of && said.call.empty()) {
            for (ToolUse& each : m_into.m_uses) {
                const bool same = each.tool == said.tool || said.tool.empty();
                if (each.result == ToolUse::none && same && (each.row == said.row || !of))
                    of = &each;
            }
        }
        if (!of)
            of = &use(said);
        if (of->result != ToolUse::none && of->row != said.row && said.call.empty())
            of = &use(said);
        of->result = index;
        of->failed = said.failed;
        if (said.place.of == TextPlace::Of::ToolResult)
            of->row = said.row;
    }

    /// A repeat may say more of a call than was known.
    void settle(const SaidText& said)
    {
        ToolUse* const of = known(said);
        if (!of)
            return;
        of->failed = of->failed || said.failed;
        if (of->tool.empty())
            of->tool = said.tool;
        if (said.place.of == TextPlace::Of::ToolArguments || said.place.of == TextPlace::Of::ToolResult)
            of->row = said.row;
    }

    TraceReading& m_trace;
    const SpanTable& m_spans;
    TraceClaims& m_into;
    Counts m_known;
    Counts m_told;      ///< calls and results that no span without an id had yet
    Counts m_done;      ///< those of such spans that no message had yet
    Counts m_toldCalls; ///< the same of spans with an id
    Counts m_doneCalls;
    std::unordered_map<Row, Counts> m_counts;
    std::unordered_map<std::string, std::size_t> m_byCall;
    std::size_t m_bytes = 0;
};

TraceClaims::TraceClaims(TraceReading& trace)
{
    Gathering(trace, *this).run();
}

TraceClaims::~TraceClaims() = default;

const std::vector<ClaimSentence>& TraceClaims::sentences(std::size_t text)
{
    const auto [found, isNew] = m_sentences.try_emplace(text);
    if (!isNew || isDocument(m_texts[text].text))
        return found->second;
    const std::string_view all = m_texts[text].text;
    for (const Sentence& each : sentencesOf(all)) {
        const auto from = static_cast<std::size_t>(each.from);
        const auto size = static_cast<std::size_t>(each.to) - from;
        if (m_sentencesRead++ >= mostSentences) {
            m_skipped += size;
            continue;
        }
        found->second.push_back(m_reader.read(all.substr(from, size), each.kind, each.from));
    }
    return found->second;
}

JsonReading* TraceClaims::document(std::size_t text)
{
    const auto [found, isNew] = m_documents.try_emplace(text);
    if (isNew) {
        found->second = std::make_unique<Document>();
        Document& made = *found->second;
        if (isDocument(m_texts[text].text)) {
            made.story.feed(m_texts[text].text);
            if (made.story.finish() == JsonState::Complete)
                made.reading = std::make_unique<JsonReading>(made.story);
        }
    }
    return found->second->reading.get();
}

namespace
{

/// All that it says, in one line and not as a page, is that the service behind the tool did not answer: "Search service
/// unavailable".
bool tellsOutage(std::string_view bare)
{
    constexpr std::size_t longest = 120;
    if (bare.size() > longest || bare.starts_with('<') || bare.find('\n') != bare.npos || isDocument(bare))
        return false;
    const std::string words = prose::lower(bare);
    const auto has = [&](std::string_view word) { return words.find(word) != std::string::npos; };
    // Reason phrases of HTTP (RFC 9110, RFC 6585), and what sockets say.
    for (const std::string_view phrase : {"internal server error", "bad gateway", "service unavailable",
                                          "gateway timeout", "too many requests", "connection refused"}) {
        if (has(phrase))
            return true;
    }
    const bool away = has("unavailable") || has("unreachable") || has("not responding") || has("timed out");
    return away && (has("service") || has("server") || has(" api") || has("request") || has("endpoint"));
}

} // namespace

bool saysError(std::string_view result)
{
    const std::string_view bare = prose::trimmed(result);
    const std::string begin = prose::lower(bare.substr(0, 24));
    for (const std::string_view word : {"error", "exception", "traceback", "failed", "failure"}) {
        if (begin.starts_with(word) && (begin.size() == word.size() || !prose::isWordByte(begin[word.size()])))
            return true;
    }
    if (tellsOutage(bare))
        return true;
    if (!isDocument(bare) || bare.front() != '{' || bare.size() > TraceClaims::longestText)
        return false;
    JsonStory story;
    story.feed(bare);
    if (story.finish() != JsonState::Complete)
        return false;
    JsonReading reading(story);
    if (const JsonIndex error = reading.member(0, "error"); error >= 0) {
        const JsonKind kind = reading.kind(error);
        const bool nothing = kind == JsonKind::Null || (kind == JsonKind::Bool && !reading.isTrue(error)) ||
                             (kind == JsonKind::String && reading.text(error).empty()) ||
                             (kind == JsonKind::Number && reading.number(error) == 0.0L);
        if (!nothing)
            return true;
    }
    for (const std::string_view key : {"success", "ok"}) {
        const JsonIndex member = reading.member(0, key);
        if (member >= 0 && reading.kind(member) == JsonKind::Bool && !reading.isTrue(member))
            return true;
    }
    for (const JsonIndex object : {JsonIndex(0), reading.member(0, "metadata")}) {
        for (const std::string_view key : {"exit_code", "exitCode", "exit_status", "returncode", "return_code"}) {
            const JsonIndex code = object >= 0 ? reading.member(object, key) : -1;
            if (code >= 0 && reading.kind(code) == JsonKind::Number && reading.number(code) != 0.0L)
                return true;
        }
    }
    constexpr std::array<std::string_view, 8> bad{"error",  "failed",   "failure",      "rejected",
                                                  "denied", "declined", "unauthorized", "timeout"};
    return std::ranges::any_of(std::array{"status", "outcome", "result"}, [&](const char* key) {
        const JsonIndex member = reading.member(0, key);
        return member >= 0 && reading.kind(member) == JsonKind::String &&
               std::ranges::find(bad, prose::lower(reading.text(member))) != bad.end();
    });
}

std::string_view name(ClaimAuthor author)
{
    constexpr std::array<std::string_view, 4> names{"template", "user", "model", "tool"};
    return names[static_cast<std::size_t>(author)];
}

} // namespace arcscope
