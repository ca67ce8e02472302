// Saving a bundle of what is open: traces, notes and the state of the window in one file.
#pragma once

#include "control.h"
#include "keptnotes.h"
#include "result.h"
#include "viewstate.h"

#include <QByteArray>

#include <string>
#include <vector>

namespace arcscope
{

struct BundleRequest {
    std::vector<std::string> paths; ///< that were opened: told by name and digest
    std::string workspace;          ///< that has them
    std::string filter;             ///< traces that have a span that matches; empty: all
    std::string trace;              ///< id of the only one; empty: all
    KeptNotes notes;                ///< those on what leaves go along
    ViewState view;                 ///< that it opens in
    bool redact = true;             ///< as the command `export` does it without further rules
    std::string file;
};

struct BundleSaved {
    std::uint64_t traces = 0;
    std::uint64_t spans = 0;
    std::uint64_t struck = 0; ///< places where something was replaced
};

/// JSON, schema arcscope.view/1.
QByteArray stateJson(const ViewState& state);

/// On any thread. Nothing is written where a value that was taken out is still found. Error: Usage, Unreadable, Store,
/// Cancelled.
Result<BundleSaved> saveBundle(const BundleRequest& request, const Control& control);

} // namespace arcscope
