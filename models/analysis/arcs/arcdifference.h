// What is different about these arcs: chosen ones against the rest, in every field that is recorded.
#pragma once

#include "arcselection.h"
#include "fielddifference.h"
#include "lensresult.h"

namespace arcscope
{

/// A field of arcs in which it is recorded; medians and values are as its column has them.
struct ArcFieldDifference : FieldDifference {
    const ArcField* field = nullptr; ///< of arcFields()
};

struct ArcDifferences {
    std::vector<ArcFieldDifference> fields; ///< that differ most surely first; those that cannot be told last
    std::size_t tried = 0;                  ///< fields tested: p is adjusted for as many
    std::vector<std::string_view> decided;  ///< left out: by them rules decided the outcome of some of these arcs
    std::uint64_t chosen = 0;
    std::uint64_t rest = 0;
    StringId currency; ///< of the corpus: of the costs that were compared
};

/// `chosen` are rows of `among`, both sorted; the rest is what else is in `among`. Fields of `leftOut` are not looked
/// at: those that the choice was made by, which differ of course (with one of outcome, its source and how it ended all
/// of them are, and where rules told the outcome of an arc those by which they did, unless these had no part in the
/// choice: `rulesChose`). Costs are compared in the currency that most arcs have. Bounded by O(rows) for each field.
ArcDifferences whatDiffers(const ArcCorpus& arcs, std::span<const std::uint32_t> among,
                           std::span<const std::uint32_t> chosen, std::span<const ArcColumn> leftOut = {},
                           bool rulesChose = true);

/// The value of a difference that is not ranked, in words; untrusted. `strings` are those of the corpus.
std::string valueText(const ArcFieldDifference& difference, const StringTable& strings);
/// In which the values of a field are.
LensUnit unitOf(ArcFieldKind kind);

} // namespace arcscope
