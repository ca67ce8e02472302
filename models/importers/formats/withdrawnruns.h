// WithdrawnRuns: which answers of models in LangSmith runs later runs take back, and the streams that say so.
#pragma once

#include "runstream.h"
#include "spanrecord.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace arcscope
{

/// An answer is void
/// - where a run below or beside it returns a RemoveMessage with the id of its message, or with the id "__remove_all__"
///   and a list behind it in which the message is not, while it stood in the messages given to that run;
/// - with its whole trace, where a run of it ended with UserRollback: it was cancelled with the action, or displaced
/// with
///   the strategy, "rollback".
/// All is reason rollback, evidence declared, at the end of that run. An answer is found by the id of its message, or
/// by its run where the id was made out of that. Where no tokens are recorded its text is in the stream without a time.
class WithdrawnRuns
{
public:
    /// A run that was handed over as `row`: its id, and one of its records.
    void add(const SpanRecord& span, Row row, std::string_view id, std::string_view record, const RunStream& stream);
    /// After all runs: gives the streams, each once.
    void give(SpanSink& sink);

private:
    /// Texts of answers are kept up to this; of those beyond nothing is withdrawn.
    static constexpr std::size_t maxKeptBytes = std::size_t(32) << 20;

    struct Answer {
        Id trace;
        Row row = noRow;
        Nanos end = noTime;
        std::string text;
        std::vector<StreamEvent> shown;
        bool known = false; ///< what it showed
        bool withdrawn = false;
    };
    struct Removal {
        std::string message;
        Nanos time = noTime;
    };
    struct Rollback {
        Id trace;
        Nanos time = noTime;
    };

    void withdraw(Answer& answer, Nanos time, SpanSink& sink);
    void addAnswer(const SpanRecord& span, Row row, std::string_view id, std::string_view record,
                   const RunStream& stream);
    void addRemovals(std::string_view record, Nanos time);

    std::vector<Answer> m_answers;
    std::unordered_map<std::uint64_t, std::size_t> m_places; ///< by hashes of the ids of messages, and of runs
    std::vector<Removal> m_removals;
    std::vector<Rollback> m_rollbacks;
    std::size_t m_bytes = 0;
};

} // namespace arcscope
