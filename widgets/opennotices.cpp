#include "opennotices.h"

#include "displaytext.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr int longestText = 400; ///< characters of one problem in the bar; the details have all

QString textOf(const PathProblem& problem, int most)
{
    return OpenNotices::tr("%1: %2").arg(oneLine(problem.path, most), oneLine(problem.reason, most));
}

} // namespace

std::optional<Notice> noticeOf(const OpenCorpus& open, const std::function<void()>& showLedger,
                               const std::function<void()>& map)
{
    Notice notice;
    const auto unread = static_cast<std::int64_t>(open.problems.size());
    if (unread == 1) {
        notice.text = OpenNotices::tr("Could not read %1").arg(textOf(open.problems.front(), longestText));
    } else if (unread > 1) {
        notice.text = OpenNotices::tr("Could not read %1 files. %2")
                          .arg(countText(unread), textOf(open.problems.front(), longestText));
    } else if (open.refused > 0) {
        notice.text = counted(static_cast<std::int64_t>(open.refused),
                              OpenNotices::tr("%1 record could not be read and is not shown."),
                              OpenNotices::tr("%1 records could not be read and are not shown."));
    } else {
        return std::nullopt;
    }
    QStringList lines;
    for (const PathProblem& problem : open.problems)
        lines << textOf(problem, 4'000);
    notice.details = lines.join(QLatin1Char('\n'));
    const bool mappable = std::any_of(open.problems.begin(), open.problems.end(),
                                      [](const PathProblem& problem) { return problem.mappable; });
    if (mappable && map)
        notice.actions.push_back({OpenNotices::tr("&Map this file…"), map});
    if (open.refused > 0)
        notice.actions.push_back({OpenNotices::tr("Sho&w ledger"), showLedger});
    return notice;
}

OpenNotices::OpenNotices(AppState& state, NoticeBar& bar)
    : QObject(&bar)
    , m_state(state)
    , m_bar(bar)
{
    connect(&state, &AppState::loadingChanged, this, &OpenNotices::showOpening);
    connect(&state, &AppState::failed, this, [this](const QString& message) {
        const QString first = message.section(QLatin1Char('\n'), 0, 0);
        Notice notice{oneLine(first.toStdString(), longestText), safeText(message.toStdString()), {}};
        if (!m_state.mappable().isEmpty())
            notice.actions.push_back(mapAction());
        m_bar.add(std::move(notice));
    });
}

NoticeAction OpenNotices::mapAction()
{
    return {tr("&Map this file…"), [this, path = m_state.mappable()] { emit mapRequested(path); }};
}

void OpenNotices::showOpening()
{
    if (m_state.loading()) {
        m_bar.clear();
        return;
    }
    const auto& open = m_state.openCorpus();
    if (!open || m_said == m_state.opening())
        return;
    m_said = m_state.opening();
    if (auto notice = noticeOf(
            *open, [this] { emit ledgerRequested(); }, mapAction().run))
        m_bar.add(std::move(*notice));
}

} // namespace arcscope
