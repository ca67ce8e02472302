// Words for what a replay found.
#pragma once

#include "foundreplay.h"
#include "replaydecision.h"

#include <QString>

namespace arcscope
{

QString differenceText(ReplayDifference difference,
                       ReplayDetail detail = ReplayDetail::None); ///< "tool call: argument"
QString differenceMeaning(ReplayDifference difference);           ///< a sentence
QString weightText(ReplayClass weight);                           ///< "same", "wording", "way", "end"
QString weightMeaning(ReplayClass weight);                        ///< a sentence
QString validityText(ReplayValidity validity);                    ///< "context equal"
QString reasonsText(std::uint32_t reasons);                       ///< "tools ran live, other parameters"; empty: none
QString replayChangeText(ReplayChange change);   ///< "▲ gain", "▼ regression", "= tie", "not known"
QString taskStateText(ReplayTaskState state);    ///< "differs"
QString taskStateMeaning(ReplayTaskState state); ///< a sentence
QString gapText(ReplayGap gap);                  ///< "only the base has it"
/// Why a task cannot be read side by side, and what can be done.
QString replayEmptyText(const ReplayReading& reading);
QString pairedByText(ReplayKey key);        ///< "by task id"
QString opinionText(ReplayOpinion opinion); ///< "better"
QString stepKindText(ReplayStepKind kind);  ///< "User", "Answer"
/// "A", "B", …
QString sideLetter(std::size_t side);
/// "failed", "2 of 4 done"; "–" where it is not known.
QString runsText(const FoundReplay& found, const ReplayTask& task, std::size_t side);
/// "1.24×", "–" where one of them is not recorded.
QString figureRatioText(const FoundReplay& found, const ReplayTask& task, std::size_t side, ReplayFigure figure);
/// Of two means; negative: not recorded.
double figureRatio(const FoundReplay& found, const ReplayTask& task, std::size_t side, ReplayFigure figure);
/// One step of a column as a sentence: what it is, what differs, how far that may be believed.
QString replayStepText(const ReplayReading& reading, const ReplayLine& line, std::size_t column);
/// The headline of a candidate: gains and losses with what the tests say.
QString replayHeadline(const FoundReplay& found, std::size_t candidate);

} // namespace arcscope
