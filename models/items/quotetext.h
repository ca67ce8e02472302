// The quote of a finding as it is shown: safe text, with its marks in characters of that.
#pragma once

#include "finding.h"

#include <QString>

#include <vector>

namespace arcscope
{

struct ShownMark {
    int from = 0;
    int to = 0;
    std::int32_t link = QuoteMark::differs;

    bool operator==(const ShownMark&) const = default;
};

struct ShownQuote {
    QString text;
    std::vector<ShownMark> marks; ///< ascending; those that lie in another are left out
};

ShownQuote shownQuote(const FindingPlace& place);

/// What differs, for those who do not see marks: "differs: “not”, “3”"; empty for no such mark. Where nothing stands
/// `against` it: "marked: …".
QString differencesText(const ShownQuote& quote, bool against = true);

} // namespace arcscope
