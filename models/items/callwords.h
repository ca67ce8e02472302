// What views say of a tool call or of who asked for it: the tree, the lanes, tooltips and screen readers share it.
#pragma once

#include "calltreesubject.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace arcscope
{

/// "search", "agent: explorer"; of an owner what it started, and its name: "→ search × 3, at once · plan".
QString callName(const CallTreeSubject& subject, std::uint32_t node);
/// "failed", "cancelled, ran on", "no result"; of an owner "2 problems", or nothing.
QString callState(const CallTreeSubject& subject, std::uint32_t node);
/// "2 of 3", "repeat"; mostly empty.
QString callRetry(const CallTreeSubject& subject, std::uint32_t node);
/// All that is wrong with it, or worth a look, a sentence each.
QStringList callProblems(const CallTreeSubject& subject, std::uint32_t node);
/// Name, state and run in one line.
QString callSummary(const CallTreeSubject& subject, std::uint32_t node);
/// Times, who asked and who was given the result, then problems; line by line. `stop`: what its own span stopped for,
/// in words; empty where that is not known.
QString callDetails(const CallTreeSubject& subject, std::uint32_t node, const QString& stop = {});
/// When something happened, since the start of the trace: "+1.2 s"; "not recorded" where it is not.
QString callMoment(const CallTreeSubject& subject, Nanos time);
/// Of the whole trace: "critical path 5.8 s of 6.1 s · wasted 1.2 s · 2 unpaired".
QString treeSummary(const CallTreeSubject& subject);
/// For the clipboard; texts are left to the caller. Nothing that is not recorded is a member.
QJsonObject callJson(const CallTreeSubject& subject, std::uint32_t node);

} // namespace arcscope
