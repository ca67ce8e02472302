// What two texts that stand for each other say differently: nothing, only another form, other words, or another
// content.
#pragma once

#include "contradictions.h"
#include "replaystep.h"

#include <string_view>
#include <vector>

namespace arcscope
{

struct SaidChange {
    ReplayDifference difference = ReplayDifference::Identical; ///< up to Content
    ReplayDetail detail = ReplayDetail::None; ///< of Content the gravest: value, polarity, dropped, added
    std::vector<ReplaySlot> marks;            ///< in the order of the base; at most mostSlots

    static constexpr std::size_t mostSlots = 64;
};

/// Compares texts of an answer or a turn. In this order:
/// - equal but for white space at both ends: identical; equal but for their form (plainform.h): format-only;
/// - both JSON: by members and elements; a short text, number or truth value that differs is content, a longer text is
///   compared as prose;
/// - prose by sentences (sentences.h): equal ones go, of the rest those stand for each other that share most content
///   words. Of such a pair the rules for claims (pairrule.h) that are findings say value or polarity; hints do not
///   count. A typed value that agrees with none of the other text is a value that differs where a sentence stands for
///   its own, else added or dropped, as is a sentence most of whose content words the other text does not have;
/// - code in fences that differs in more than white space, and texts too short for a claim: content;
/// - anything else: reworded. That is no proof that both say the same: what rules do not see they do not report.
///
/// One for many pairs: it keeps what it looked up of words. The first 64 KB and 300 sentences of each text are read.
class SaidComparer
{
public:
    SaidChange compare(std::string_view base, std::string_view candidate);
    /// Arguments of a tool: of JSON by members; only texts whose names say that they are prose ("message", "thought",
    /// "reason") may be reworded. What is no JSON differs in content unless only white space does.
    SaidChange compareArguments(std::string_view base, std::string_view candidate);

private:
    SaidChange compareJson(std::string_view base, std::string_view candidate, bool arguments);
    SaidChange compareProse(std::string_view base, std::string_view candidate);

    ClaimReader m_reader;
    PairComparer m_pairs;
};

} // namespace arcscope
