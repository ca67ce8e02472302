// What leaves: chosen from files or a workspace, with all known that is taken out of it. Every export begins here.
#pragma once

#include "exportprovenance.h"
#include "importer.h"
#include "redactor.h"
#include "session.h"
#include "traceexport.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace arcscope
{

struct LeavingRequest {
    std::vector<std::string> paths;
    ImportOptions import = ImportOptions::standard();
    ExportSelection selection;
    RedactionRules rules;
    bool redacts = true;
    /// Called when the rows are chosen and before anything is known to be taken out: for what goes along with them.
    /// `redactor` is to be shown it; null where nothing is taken out.
    std::function<Result<void>(const Corpus& corpus, std::span<const Row> rows, Redactor* redactor)> along;
};

struct Leaving {
    Session session;
    std::vector<Row> rows;            ///< trace by trace, parents first
    std::optional<Redactor> redactor; ///< sealed; nothing: all leaves as it is
    ExportProvenance provenance;      ///< without what is taken out

    Redactor* strikes() { return redactor ? &*redactor : nullptr; }
    /// What was removed, JSON; empty where nothing is.
    std::string manifest() const { return redactor ? redactionManifest(*redactor) : std::string(); }
};

/// Placeholders are the same whenever the same files leave: their key comes from what is in the files, so that only who
/// has them could make it. Error: Usage for a filter or trace that is not known, Unreadable, Cancelled, Store.
Result<Leaving> beginLeaving(LeavingRequest request, const Control& control);

/// Chooses and collects from what is open.
Result<Leaving> beginLeaving(Session session, LeavingRequest request, const Control& control);

} // namespace arcscope
