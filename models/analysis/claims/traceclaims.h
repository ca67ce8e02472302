// What is said in one trace, each text once, in the order in which it came: the ground for all rules about claims.
#pragma once

#include "claimsentence.h"
#include "jsonread.h"
#include "saidtext.h"

#include <cstddef>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace arcscope
{

class TraceReading;

/// Conversations are recorded again with every call: a message counts once, where it first stands. Of what is too much
/// to read the rest is left out, and counted.
class TraceClaims
{
public:
    static constexpr std::size_t longestText = std::size_t(256) << 10u; ///< bytes read of one text
    static constexpr std::size_t mostBytes = std::size_t(16) << 20u;    ///< read of all texts of a trace
    static constexpr std::size_t mostSentences = 20'000;                ///< read of a trace

    /// Reads the contents of all spans, each twice; O(their bytes). Keeps copies of the texts.
    explicit TraceClaims(TraceReading& trace);
    ~TraceClaims();
    TraceClaims(const TraceClaims&) = delete;
    TraceClaims& operator=(const TraceClaims&) = delete;

    /// In the order of time, where there are times, else of the tree.
    std::span<const SaidText> texts() const { return m_texts; }
    /// In the order in which they were asked for.
    std::span<const ToolUse> uses() const { return m_uses; }
    /// Of a text that is no document; made when first asked for. None of a document.
    const std::vector<ClaimSentence>& sentences(std::size_t text);
    /// Of a text that is a whole JSON object or array; null where it is none. Made when first asked for.
    JsonReading* document(std::size_t text);

    std::size_t skippedBytes() const { return m_skipped; }
    /// The first text that came behind something that is no text (media, blocks of a kind that is not known).
    std::uint32_t firstUnread() const { return m_firstUnread; }
    /// Nothing was left out: what is not in here, is not in the trace.
    bool whole() const { return m_skipped == 0; }

private:
    struct Document;
    class Gathering;

    std::deque<std::string> m_kept;
    std::vector<SaidText> m_texts;
    std::vector<ToolUse> m_uses;
    std::size_t m_skipped = 0;
    std::uint32_t m_firstUnread = ToolUse::none;
    std::size_t m_sentencesRead = 0;
    ClaimReader m_reader;
    std::unordered_map<std::size_t, std::vector<ClaimSentence>> m_sentences;
    std::unordered_map<std::size_t, std::unique_ptr<Document>> m_documents;
};

/// Whether a result says of itself that it is an error: {"error": …}, {"success": false}, "Error: …".
bool saysError(std::string_view result);

} // namespace arcscope
