// A finding as a text for a postmortem: what was found, what was recorded, and which rule says so.
#pragma once

#include "foundfindings.h"
#include "verdict.h"

#include <QString>

namespace arcscope
{

struct FindingReport {
    const FoundFindings& found;
    std::uint32_t entry = 0;
    std::uint32_t finding = 0; ///< of the entry
    const Corpus& shown;       ///< with the clocks of the window
    KeptVerdict said;
    QString source;  ///< file that was opened
    QString program; ///< "Arcscope 1.0"
};

/// Markdown that reads well as plain text. Quotes stand in code blocks: nothing in them is active.
QString postmortemText(const FindingReport& report);

} // namespace arcscope
