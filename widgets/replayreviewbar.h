// What verdicts on replayed tasks are given with.
#pragma once

#include "replaydecision.h"

#include <QWidget>

#include <array>
#include <vector>

class QLabel;
class QLineEdit;
class QToolButton;

namespace arcscope
{

class ReplayReviewBar : public QWidget
{
    Q_OBJECT

public:
    explicit ReplayReviewBar(QWidget* parent = nullptr);

    /// What was said of the task that is looked at, and of it with other candidates; null: nothing, or no task.
    void showReview(const ReplayReview* review, bool some, const std::vector<ReplayReview>& others);
    void showProgress(std::size_t reviewed, std::size_t of);

    QToolButton* opinionButton(ReplayOpinion opinion) const { return m_opinions[static_cast<std::size_t>(opinion)]; }
    QLineEdit* note() const { return m_note; }
    QLabel* progress() const { return m_progress; }

signals:
    void opinionGiven(arcscope::ReplayOpinion opinion); ///< the one that is given already: taken back
    void noteChanged(const QString& text);
    void left(); ///< the note: back to the list

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    std::array<QToolButton*, replayOpinionCount> m_opinions{};
    QLineEdit* m_note;
    QLabel* m_progress;
    QLabel* m_others;
    QString m_shownNote;
};

} // namespace arcscope
