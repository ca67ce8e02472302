// The part of JsonSplitter that deals with what is no JSON: marks, control bytes, garbage, and their ledger rows.
#include "jsonbytes.h"
#include "splitter.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Garbage before the first value that is taken for a file of another kind.
constexpr std::uint64_t garbageLimit = 1'000'000;

} // namespace

ImportIssue issueOf(const SplitEvent& defect)
{
    ImportIssue issue;
    issue.severity = Severity::Error;
    issue.line = static_cast<std::int64_t>(defect.line);
    issue.byte = static_cast<std::int64_t>(defect.offset);
    const std::string size = std::to_string(defect.size) + " bytes";
    switch (defect.defect) {
    case SplitDefect::Oversized:
        issue.kind = IssueKind::OversizedRecord;
        issue.message = "a value of " + size + " is longer than the limit for one record and was passed over";
        break;
    case SplitDefect::Broken:
        issue.kind = IssueKind::MalformedRecord;
        issue.message =
            "a JSON value has no end before another one begins on a line of its own; " + size + " were passed over";
        break;
    case SplitDefect::Garbage:
        issue.kind = IssueKind::MalformedRecord;
        issue.message = size + " are not JSON and were passed over";
        break;
    case SplitDefect::Stray:
        issue.kind = IssueKind::MalformedRecord;
        issue.severity = Severity::Warning;
        issue.message = size + " between values are control bytes and were passed over";
        break;
    case SplitDefect::Truncated:
    case SplitDefect::None:
        issue.kind = IssueKind::TruncatedFile;
        issue.message = "the input ends inside a JSON value that began here, " + size + " before";
        break;
    }
    return issue;
}

/// Byte order marks: UTF-8's is passed over, UTF-16's is refused.
void JsonSplitter::skipMark()
{
    m_started = true;
    const bool marked = atMark();
    const std::string_view text = bytes();
    if (marked)
        m_window.consume(byteOrderMark.size());
    else if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        fail("UTF-16 text, UTF-8 was expected");
}

bool JsonSplitter::atMark()
{
    while (bytes().size() < byteOrderMark.size() && refill())
        ;
    return bytes().starts_with(byteOrderMark);
}

/// Passes over text up to a line that begins with a value.
void JsonSplitter::skipGarbage()
{
    while (true) {
        const std::string_view text = bytes();
        const std::size_t newline = text.find('\n');
        const bool mayBeOther = !m_anyValue && m_frames.empty();
        const std::size_t zero = mayBeOther ? text.substr(0, newline).find('\0') : std::string_view::npos;
        if (zero != std::string_view::npos) {
            passCounting(zero);
            m_defect.size = m_window.offset() - m_defect.offset;
            m_skipping = false;
            fail("binary data");
            return;
        }
        if (newline == std::string_view::npos || newline + 1 == text.size()) {
            passCounting(newline == std::string_view::npos ? text.size() : newline);
            m_defect.size = m_window.offset() - m_defect.offset;
            if (mayBeOther && m_defect.size > garbageLimit) {
                m_skipping = false;
                m_defect = {};
                fail("no JSON value found in the first bytes");
                return;
            }
            if (refill())
                continue;
            passCounting(bytes().size());
            m_defect.size = m_window.offset() - m_defect.offset;
            m_skipping = false;
            return;
        }
        passCounting(newline + 1);
        const char first = bytes().front();
        if (isOpener(first) || first == recordSeparator || (first == byteOrderMark.front() && atMark())) {
            m_defect.size = m_window.offset() - m_defect.offset;
            m_skipping = false;
            return;
        }
    }
}

/// Control bytes where a value or a separator was expected: between records they are damage (a log written across a
/// crash has zeros), before the first one they are a file of another kind.
void JsonSplitter::binary()
{
    if (!m_anyValue && m_frames.empty())
        fail("binary data");
    else
        start(SplitDefect::Stray, m_window.offset(), m_line);
}

/// Passes over control bytes; text behind them that is no JSON makes garbage of both.
void JsonSplitter::skipStray()
{
    while (!bytes().empty() || refill()) {
        const std::string_view text = bytes();
        const auto* const end = std::find_if_not(text.begin(), text.end(), isBinary);
        const auto count = static_cast<std::size_t>(end - text.begin());
        pass(count, 0);
        if (count < text.size()) {
            if (resumes(bytes().front()))
                break;
            m_defect.defect = SplitDefect::Garbage;
            return;
        }
    }
    m_defect.size = m_window.offset() - m_defect.offset;
    m_skipping = false;
    if (m_frames.empty())
        m_before = '\n'; // what follows begins a value as at the start of a line
}

/// Whether JSON goes on with this byte.
bool JsonSplitter::resumes(char byte) const
{
    if (isOpener(byte) || isSpace(byte) || byte == '"' || byte == ',')
        return true;
    return !m_frames.empty() && (byte == ':' || byte == ']' || byte == '}' || beginsBare(byte));
}

/// Nothing more can be read: the bytes at hand are no JSON text.
void JsonSplitter::fail(std::string_view what)
{
    m_failure = Error{ErrorCode::Malformed, "byte " + std::to_string(m_window.offset()) + ": " + std::string(what)};
    m_ended = true;
    m_unreadable = true;
}

} // namespace arcscope
