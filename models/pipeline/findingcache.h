// FindingCache: what detectors found in traces, told by a stamp of each trace, so that only what is new is looked
// through.
#pragma once

#include "findingcodec.h"
#include "foundtraces.h"
#include "result.h"

#include <map>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace arcscope
{

class Workspace;

/// Another value for a trace that has another id, other spans, or spans with other ids, times, kinds, or lengths of
/// their records. Of the rows of several traces: another value for others, or another order. Needs stampColumns(),
/// Trace, and the ids of traces.
DigestValue stampOf(const Corpus& corpus, std::span<const Row> rows);
std::span<const SpanColumn> stampColumns();

/// One for all states of what is open. Any thread.
class FindingCache
{
public:
    /// Takes over what the workspace keeps. Error: Store.
    Result<void> load(Workspace& workspace);
    /// Writes what came since, and forgets traces that were not asked for since the last load() or save(): only after a
    /// search of all of them. Error: Store, where the workspace may not be written to.
    Result<void> save(Workspace& workspace);

    /// Empty where nothing is known of the trace.
    std::vector<DetectorFindings> find(const DigestValue& stamp, std::span<const Row> rows);
    void put(const DigestValue& stamp, const std::vector<DetectorFindings>& found, std::span<const Row> rows);

private:
    struct Entry {
        std::string data;
        bool kept = false;  ///< as the workspace has it
        bool asked = false; ///< since load() or save()
    };

    std::mutex m_guard;
    std::map<DigestValue, Entry> m_entries;
};

} // namespace arcscope
