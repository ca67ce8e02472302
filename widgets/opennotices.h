// What an opening has to say when it ends: paths that could not be read, records that were refused.
#pragma once

#include "appstate.h"
#include "noticebar.h"

#include <QObject>

#include <optional>

namespace arcscope
{

/// Nothing where everything was read. `showLedger` is offered where the ledger has more, `map` where a file could not
/// be read that a mapping could describe.
std::optional<Notice> noticeOf(const OpenCorpus& open, const std::function<void()>& showLedger,
                               const std::function<void()>& map = {});

/// Tells the bar of openings and searches that failed; a new opening clears it.
class OpenNotices : public QObject
{
    Q_OBJECT

public:
    OpenNotices(AppState& state, NoticeBar& bar);

signals:
    void ledgerRequested();
    void mapRequested(const QString& path);

private:
    void showOpening();
    NoticeAction mapAction();

    AppState& m_state;
    NoticeBar& m_bar;
    std::optional<unsigned> m_said; ///< the opening that was told of
};

} // namespace arcscope
