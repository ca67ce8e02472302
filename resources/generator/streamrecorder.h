// Token events of one model call, as a recorder close to the engine writes them: gen_ai.stream.* span events.
#pragma once

#include "week.h"

namespace arcscope::samples
{

class StreamRecorder
{
public:
    /// `facts` may be null: then only the text matters.
    StreamRecorder(OtlpSpan& span, std::string label, PlantedFacts* facts);

    /// Chunks of a word each.
    void text(const std::string& words);
    /// Shows `words` before they are verified; the engine keeps the first `kept` bytes and withdraws the rest.
    void draft(const std::string& words, std::size_t kept, Time verifiedAfter);
    /// Withdraws everything from `from` on.
    void retract(std::size_t from, const std::string& reason, const std::string& evidence, Time shownSince);
    void stall(Time length);
    void ping();
    /// What is shown now will stay.
    void commit();
    void arguments(const std::string& json);
    /// Ends the stream and the span.
    void finish(const std::string& reason);

    const std::string& shown() const { return m_shown; }
    Time now() const { return m_now; }

private:
    OtlpEvent event(const std::string& name);
    void put(OtlpEvent event) { m_span.events.push_back(std::move(event)); }
    void chunk(const std::string& piece, const char* kind);

    OtlpSpan& m_span;
    std::string m_label;
    PlantedFacts* m_facts;
    Time m_now;
    int m_sequence = 0;
    int m_drafts = 0;
    int m_retracts = 0;
    int m_block = 0;
    std::string m_blockType = "text";
    std::string m_shown; ///< of the text block
    std::size_t m_argumentBytes = 0;
};

} // namespace arcscope::samples
