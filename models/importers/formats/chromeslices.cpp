#include "chromeslices.h"

#include "attributecontent.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace arcscope
{
namespace
{

/// Of an OpenSlice in Slice::tag.
constexpr std::uint32_t notHeld = std::numeric_limits<std::uint32_t>::max();

void decodeFlow(const JsonValue& flow, std::vector<SpanEvent>& events)
{
    SpanEvent event;
    event.name = "flow";
    flow.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "ts")
            event.time = readMicroseconds(value.isString() ? value.text() : value.raw()).value_or(noTime);
        else if (key == "ph")
            event.name = value.text() == "s" ? "flow begins" : value.text() == "f" ? "flow ends" : "flow goes on";
        else
            addAttribute(event.attributes, key, value);
    });
    events.push_back(std::move(event));
}

} // namespace

std::string_view ChromeSlices::recordOf(const ChromeSlice& held) const
{
    return held.inWindow ? std::string_view(held.inWindow, held.size)
                         : std::string_view(m_text).substr(held.text, held.size);
}

void ChromeSlices::copyText(ChromeSlice& held, std::string_view record, std::string& into)
{
    held.inWindow = nullptr;
    held.text = into.size();
    into += record;
}

ChromeSlice& ChromeSlices::begin(const SpanRecord& span)
{
    constexpr std::size_t many = 1'024;
    if (m_held.size() == many) { // there may be so many more that to grow step by step would cost much
        m_held.reserve(maxHeld);
        m_next.reserve(maxHeld);
    }
    return m_held.emplace_back(span);
}

void ChromeSlices::end(std::string_view record, const std::shared_ptr<const char[]>& window)
{
    ChromeSlice& held = m_held.back();
    held.size = record.size();
    if (window && m_keeper) {
        if (m_windows.empty() || m_windows.back() != window)
            m_windows.push_back(window);
        held.inWindow = record.data();
        held.window = static_cast<std::uint32_t>(m_windows.size() - 1);
    } else {
        copyText(held, record, m_text);
    }
    m_heldBytes += record.size();
    addSlice(held, m_held.size() - 1);
    if (m_held.size() >= maxHeld || m_heldBytes >= maxHeldBytes)
        flush(false);
}

/// Placing goes from track to track: what it needs does not lie scattered among all else that is held.
void ChromeSlices::addSlice(const ChromeSlice& held, std::size_t index)
{
    const SpanRecord& span = held.span;
    if (span.start == noTime)
        return;
    m_next.push_back({held.track,
                      span.start,
                      held.open ? noTime : std::max(span.end, span.start),
                      static_cast<std::uint64_t>(span.sourceByte),
                      span.span,
                      span.trace,
                      static_cast<std::uint32_t>(index),
                      static_cast<bool>(span.parent),
                      {}});
}

/// The held slices and those that are open.
void ChromeSlices::place()
{
    m_slices.swap(m_next);
    m_next.clear();
    for (const auto& [track, open] : m_tracks.open()) {
        for (const OpenSlice& slice : open) {
            if (slice.start != noTime)
                m_slices.push_back({track, slice.start, noTime, slice.byte, slice.id, slice.trace, notHeld, true, {}});
        }
    }
    m_nesting.place(m_slices);
}

void ChromeSlices::flush(bool last)
{
    place();
    const std::size_t roots = countRoots();
    bindFlows(last);
    const bool keepRoots = !last && roots <= m_held.size() / 2 && m_heldBytes < 2 * maxHeldBytes;
    give(keepRoots);
    Nanos first = std::numeric_limits<Nanos>::max();
    for (const Slice& slice : m_slices)
        first = std::min(first, slice.start);
    m_nesting.forget(first);
}

std::size_t ChromeSlices::countRoots()
{
    std::size_t roots = 0;
    auto given = m_givenRoots.end();
    const Slice* before = nullptr;
    for (const Slice& slice : m_slices) { // sorted by track
        if (!before || before->track != slice.track)
            given = m_givenRoots.find(slice.track);
        before = &slice;
        if (slice.tag == notHeld)
            continue;
        roots += slice.declared || slice.parent ? 0 : 1;
        if (given != m_givenRoots.end())
            checkLate(slice, given->second);
    }
    return roots;
}

/// A slice around others that were given as roots already.
void ChromeSlices::checkLate(const Slice& slice, const Slice& given)
{
    if (slice.start < given.start && slice.end >= given.end && slice.end != noTime)
        m_tally.add(Severity::Info, IssueKind::OrphanSpan,
                    "a slice comes long after slices that lie in it; they are shown beside it", -1,
                    static_cast<std::int64_t>(slice.order));
}

void ChromeSlices::bindFlows(bool last)
{
    std::vector<ChromeFlow> later;
    for (ChromeFlow& flow : m_flows) {
        const Slice* around = flow.time == noTime ? nullptr : sliceAround(flow.track, flow.time, m_slices);
        if (around && around->tag != notHeld)
            m_held[around->tag].more.append("\n").append(flow.text);
        else if (around && !last)
            later.push_back(std::move(flow));
        else
            m_tally.add(Severity::Info, IssueKind::UnknownRecord, "a flow event that lies in no slice",
                        static_cast<std::int64_t>(flow.line), static_cast<std::int64_t>(flow.byte));
    }
    m_flows = std::move(later);
}

/// Held and placed slices lie in different orders in more memory than the processor's caches have.
void ChromeSlices::fetchAhead(std::size_t index) const
{
    constexpr std::size_t line = 64;
    if (index >= m_held.size())
        return;
    const auto* const held = reinterpret_cast<const char*>(&m_held[index]);
    for (std::size_t at = 0; at < sizeof(ChromeSlice); at += line)
        __builtin_prefetch(held + at);
    if (const Slice* const slice = m_sliceOf[index]) {
        __builtin_prefetch(slice);
        __builtin_prefetch(reinterpret_cast<const char*>(slice) + line);
    }
}

void ChromeSlices::give(bool keepRoots)
{
    m_sliceOf.assign(m_held.size(), nullptr);
    for (const Slice& slice : m_slices) {
        if (slice.tag != notHeld)
            m_sliceOf[slice.tag] = &slice;
    }
    // The buffers are used again: to get them new for every few thousand slices costs more than to read these.
    m_keptText.clear();
    m_heldBytes = 0;
    std::size_t kept = 0;
    std::string record;
    Slice* lastRoot = nullptr; // given, of its track
    for (std::size_t i = 0; i < m_held.size(); ++i) {
        fetchAhead(i + 8);
        ChromeSlice& held = m_held[i];
        const std::string_view text = recordOf(held);
        const Slice* const slice = m_sliceOf[i];
        if (slice && !slice->declared && slice->parent) {
            held.span.parent = slice->parent;
            held.span.provenance.set(Fact::Parent, Provenance::Inferred);
        }
        if (keepRoots && slice && !held.span.parent) {
            copyText(held, text, m_keptText); // it may stay for long, and would keep the window
            m_heldBytes += held.size;
            addSlice(held, kept);
            if (kept != i)
                m_held[kept] = std::move(held);
            ++kept;
            continue;
        }
        if (slice) {
            m_nesting.keep(*slice);
            if (!held.span.parent) {
                if (!lastRoot || lastRoot->track != slice->track)
                    lastRoot = &m_givenRoots[slice->track];
                *lastRoot = *slice;
            }
        }
        ChromeTracks::describe(*held.thread, m_sink, held.span);
        if (held.more.empty()) {
            if (held.inWindow)
                m_keeper->lend(text, m_windows[held.window]);
            m_sink.add(held.span, text);
        } else {
            record.assign(text).append(held.more);
            m_sink.add(held.span, record);
        }
    }
    m_held.erase(m_held.begin() + static_cast<std::ptrdiff_t>(kept), m_held.end());
    m_windows.clear();
    m_text.swap(m_keptText);
}

SpanContent decodeChromeSlice(std::string_view record, std::string_view resource)
{
    std::vector<std::string> pieces;
    std::string category;
    std::vector<SpanEvent> flows;
    eachValue(record, [&](const JsonValue& value) {
        std::string_view phase;
        const std::string text(value.raw());
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key == "ph")
                phase = member.text();
            else if (key == "cat" && category.empty())
                category = member.text();
        });
        if (phase == "s" || phase == "t" || phase == "f") {
            JsonParser parser;
            decodeFlow(parser.parseCopy(text), flows);
        } else {
            pieces.push_back(text);
        }
    });
    const RecordRules& rules = chromeRules(category);
    AttributeContent builder(rules);
    SpanContent& content = builder.content();
    content.events = std::move(flows);
    JsonParser parser;
    for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
        // Of what ends a slice only the arguments; they replace those of its begin.
        std::vector<Attribute> all;
        appendRecord(parser.parseCopy(*piece), rules, all);
        const bool begins = std::next(piece) == pieces.rend();
        for (Attribute& attribute : all) {
            const bool known = std::any_of(content.attributes.begin(), content.attributes.end(),
                                           [&](const Attribute& each) { return each.key == attribute.key; });
            if (!known && (begins || attribute.key.starts_with("args.")))
                content.attributes.push_back(std::move(attribute));
        }
    }
    parser.parseCopy(resource).eachMember(
        [&](std::string_view key, const JsonValue& value) { addAttribute(content.resource, key, value); });
    return builder.finish();
}

} // namespace arcscope
