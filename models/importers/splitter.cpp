#include "splitter.h"

#include "jsonbytes.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace arcscope
{
namespace
{

/// Longer keys of walked containers are no keys.
constexpr std::size_t keyLimit = 65'536;
/// How much of a document's beginning tells it from text in it.
constexpr std::size_t openingBytes = 12;

std::uint64_t newlinesIn(std::string_view text)
{
    return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

/// Whether a bare word at the top level is a number or literal with a line of its own, and not the start of some text.
bool bareStands(std::string_view text, std::size_t size)
{
    const std::string_view word = text.substr(0, size);
    if (size < text.size() && std::string_view("\n\r,\x1e").find(text[size]) == std::string_view::npos)
        return false;
    return word == "true" || word == "false" || word == "null" ||
           word.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
}

} // namespace

JsonSplitter::JsonSplitter(WindowReader& window, SplitPaths paths, std::size_t recordLimit, ScanKernel kernel)
    : m_window(window)
    , m_paths(std::move(paths))
    , m_limit(recordLimit)
    , m_scan(kernel)
    , m_line(window.linesBefore() + 1)
{
}

Result<bool> JsonSplitter::next(SplitEvent& event)
{
    pass(m_given, m_givenNewlines);
    m_given = 0;
    m_givenNewlines = 0;
    event = {};
    while (true) {
        if (m_failure && m_failure->code == ErrorCode::Cancelled)
            return *m_failure;
        if (m_defect.defect != SplitDefect::None) {
            if (m_skipping && m_defect.defect == SplitDefect::Stray)
                skipStray();
            else if (m_skipping)
                skipGarbage();
            else if (unwind(event))
                return true;
        } else if (m_scanning) {
            if (scanValue(event))
                return true;
        } else if (m_unreadable || bytes().empty()) {
            if (refill())
                continue;
            if (!m_frames.empty())
                start(SplitDefect::Truncated, m_frames.front().offset, m_frames.front().line);
            else if (m_failure)
                return *m_failure;
            else
                return false;
        } else if (step(event)) {
            return true;
        }
    }
}

bool JsonSplitter::step(SplitEvent& event)
{
    if (!m_started) {
        skipMark();
        if (m_unreadable)
            return false;
    }
    const std::string_view text = bytes();
    std::size_t spaces = 0;
    while (spaces < text.size() && isSpace(text[spaces]))
        ++spaces;
    if (spaces > 0)
        passCounting(spaces);
    if (spaces == text.size())
        return false;
    const char byte = text[spaces];
    return m_frames.empty() ? atTop(byte, event) : inContainer(byte, event);
}

bool JsonSplitter::atTop(char byte, SplitEvent& event)
{
    if (isOpener(byte) || byte == '"' || beginsBare(byte)) {
        while (bytes().size() < openingBytes && refill())
            ;
        m_opening = bytes().substr(0, openingBytes);
        m_key.clear();
        return beginValue(byte, event);
    }
    if (byte == ',' || byte == recordSeparator) {
        pass(1, 0);
        m_before = '\n'; // what follows begins a value as at the start of a line
    } else if (isBinary(byte)) {
        binary();
    } else if (byte == byteOrderMark.front() && atMark()) {
        pass(byteOrderMark.size(), 0); // files that were put together keep the mark of each
        m_before = '\n';
    } else {
        start(SplitDefect::Garbage, m_window.offset(), m_line);
    }
    return false;
}

bool JsonSplitter::inContainer(char byte, SplitEvent& event)
{
    const Frame& frame = m_frames.back();
    if (isOpener(byte) && m_before == '\n' &&
        (m_lines || (m_expect != Expect::Value && m_expect != Expect::ValueOrEnd))) {
        start(SplitDefect::Broken, m_frames.front().offset, m_frames.front().line);
        return false;
    }
    const bool mayEnd =
        m_expect == Expect::KeyOrEnd || m_expect == Expect::ValueOrEnd || m_expect == Expect::CommaOrEnd;
    if (mayEnd && byte == (frame.array ? ']' : '}')) {
        pass(1, 0);
        return leave(event);
    }
    if (m_expect == Expect::KeyOrEnd && byte == '"') {
        readKey();
        return false;
    }
    if ((m_expect == Expect::Colon && byte == ':') || (m_expect == Expect::CommaOrEnd && byte == ',')) {
        pass(1, 0);
        // A comma before the end is let pass, as writers that append one element after the other leave it.
        m_expect = m_expect == Expect::Colon ? Expect::Value : frame.array ? Expect::ValueOrEnd : Expect::KeyOrEnd;
        return false;
    }
    const bool wantsValue = m_expect == Expect::Value || m_expect == Expect::ValueOrEnd;
    if (wantsValue && (isOpener(byte) || byte == '"' || beginsBare(byte)))
        return beginValue(byte, event);
    if (byte == recordSeparator && m_before == '\n')
        start(SplitDefect::Broken, m_frames.front().offset, m_frames.front().line);
    else if (isBinary(byte))
        binary();
    else
        start(SplitDefect::Garbage, m_window.offset(), m_line);
    return false;
}

/// A key lies whole in the window before it is taken.
void JsonSplitter::readKey()
{
    std::size_t end = 1;
    while (true) {
        const std::string_view text = bytes();
        while (end < text.size() && text[end] != '"' && static_cast<unsigned char>(text[end]) >= ' ')
            end += text[end] == '\\' ? 2 : 1;
        if (end < text.size() || end > keyLimit)
            break;
        if (!refill()) {
            passCounting(bytes().size()); // or it would be told again as a value that has no end
            start(SplitDefect::Truncated, m_frames.front().offset, m_frames.front().line);
            return;
        }
    }
    if (end > keyLimit || bytes()[end] != '"') {
        start(SplitDefect::Garbage, m_window.offset(), m_line);
        return;
    }
    m_key = bytes().substr(1, end - 1);
    pass(end + 1, 0);
    m_expect = Expect::Colon;
}

bool JsonSplitter::beginValue(char first, SplitEvent& event)
{
    m_node = SplitPaths::root;
    if (!m_frames.empty()) {
        const Frame& frame = m_frames.back();
        m_node = frame.array ? m_paths.element(frame.node) : m_paths.member(frame.node, m_key);
        if (frame.array)
            m_key.clear();
    }
    m_valueOffset = m_window.offset();
    if (!isOpener(first) || !m_paths.walks(m_node, first == '[')) {
        m_scan.begin(first);
        m_scanning = true;
        return false;
    }
    event.kind = SplitKind::Enter;
    event.depth = m_frames.size();
    event.array = first == '[';
    event.offset = m_valueOffset;
    event.line = m_line;
    m_frames.push_back({m_node, event.array, m_key, event.offset, event.line});
    event.key = m_frames.back().key;
    m_expect = event.array ? Expect::ValueOrEnd : Expect::KeyOrEnd;
    pass(1, 0);
    return true;
}

bool JsonSplitter::leave(SplitEvent& event)
{
    Frame frame = std::move(m_frames.back());
    m_frames.pop_back();
    m_key = std::move(frame.key);
    event.kind = SplitKind::Leave;
    event.depth = m_frames.size();
    event.key = m_key;
    event.array = frame.array;
    event.offset = frame.offset;
    event.size = m_window.offset() - frame.offset;
    event.line = frame.line;
    m_expect = Expect::CommaOrEnd;
    if (m_frames.empty()) {
        m_lines = frame.line == m_line;
        m_anyValue = true;
    }
    return true;
}

bool JsonSplitter::scanValue(SplitEvent& event)
{
    const ScanStop stop = m_scan.feed(bytes(), m_ended);
    if (stop == ScanStop::Closed)
        return endValue(event);
    const std::size_t seen = m_scan.scanned();
    if (stop == ScanStop::Opener) {
        if (interrupted(seen)) {
            m_scanning = m_dropping = false;
            const std::uint64_t line = m_line;
            pass(seen, m_scan.newlines());
            start(SplitDefect::Broken, m_valueOffset, line);
        }
        return false;
    }
    if (m_dropping || seen > m_limit) {
        const std::string_view text = bytes().substr(0, seen);
        const auto last = std::find_if_not(text.rbegin(), text.rend(), isSpace);
        if (last != text.rend())
            m_droppedLast = *last;
        m_dropping = true;
        m_window.consume(seen);
        m_scan.dropped();
    }
    if (!m_ended) {
        refill();
        return false;
    }
    m_scanning = m_dropping = false;
    const std::uint64_t line = m_line;
    pass(bytes().size(), m_scan.newlines());
    if (m_frames.empty())
        start(SplitDefect::Truncated, m_valueOffset, line);
    else
        start(SplitDefect::Truncated, m_frames.front().offset, m_frames.front().line);
    return false;
}

/// Whether the opener at the start of a line, `at` bytes into the value, is where another value begins.
bool JsonSplitter::interrupted(std::size_t at)
{
    if (m_lines)
        return true;
    if (m_scan.inString()) {
        // A stray line feed in one string must not end a whole document: the line has to begin as the document did.
        if (m_frames.empty())
            return true;
        while (bytes().size() < at + openingBytes && refill())
            ;
        return bytes().substr(at).starts_with(m_opening);
    }
    const std::string_view text = bytes().substr(0, at);
    const auto last = std::find_if_not(text.rbegin(), text.rend(), isSpace);
    const char before = last != text.rend() ? *last : m_droppedLast;
    return std::string_view(":,[{").find(before) == std::string_view::npos;
}

bool JsonSplitter::endValue(SplitEvent& event)
{
    const std::size_t size = m_scan.scanned();
    const std::string_view text = bytes().substr(0, size);
    const bool container = m_dropping || isOpener(text.front());
    m_scanning = false;
    m_expect = Expect::CommaOrEnd;
    const std::uint64_t newlines = m_scan.newlines();
    if (m_dropping || size > m_limit) {
        m_dropping = false;
        m_defect.kind = SplitKind::Defect;
        m_defect.defect = SplitDefect::Oversized;
        m_defect.offset = m_valueOffset;
        m_defect.depth = m_frames.size();
        m_defect.line = m_line;
        pass(size, newlines);
        m_defect.size = m_window.offset() - m_valueOffset;
        return false;
    }
    if (m_frames.empty()) {
        if (!container && text.front() != '"' && !bareStands(bytes(), size)) {
            start(SplitDefect::Garbage, m_valueOffset, m_line);
            return false;
        }
        if (container)
            m_lines = newlines == 0;
        m_anyValue = true;
    }
    event.kind = SplitKind::Value;
    event.target = m_paths.target(m_node);
    event.depth = m_frames.size();
    event.key = m_key;
    event.value = text;
    event.offset = m_valueOffset;
    event.size = size;
    event.line = m_line;
    m_given = size;
    m_givenNewlines = newlines;
    return true;
}

void JsonSplitter::start(SplitDefect defect, std::uint64_t offset, std::uint64_t line)
{
    m_defect = {};
    m_defect.kind = SplitKind::Defect;
    m_defect.defect = defect;
    m_defect.offset = offset;
    m_defect.line = line;
    m_defect.size = m_window.offset() - offset;
    m_skipping = defect == SplitDefect::Garbage || defect == SplitDefect::Stray;
}

/// Tells that the containers end, and then why.
bool JsonSplitter::unwind(SplitEvent& event)
{
    const bool within = m_defect.defect == SplitDefect::Oversized || m_defect.defect == SplitDefect::Stray;
    if (!within && !m_frames.empty())
        return leave(event);
    event = m_defect;
    m_defect = {};
    return true;
}

/// Goes on behind `bytes` bytes that have `newlines` line feeds.
void JsonSplitter::pass(std::size_t bytes, std::uint64_t newlines)
{
    m_line += newlines;
    if (bytes == 0)
        return;
    m_before = m_window.bytes()[bytes - 1];
    m_window.consume(bytes);
}

void JsonSplitter::passCounting(std::size_t bytes)
{
    pass(bytes, newlinesIn(m_window.bytes().substr(0, bytes)));
}

/// False where the window will not grow any more.
bool JsonSplitter::refill()
{
    if (m_ended)
        return false;
    auto more = m_window.more();
    if (more && *more)
        return true;
    m_ended = true;
    if (!more)
        m_failure = std::move(more).error();
    return false;
}

} // namespace arcscope
