// What a review of arcs is done with: which are looked at, how far it is, verdicts, a note, the report.
#pragma once

#include "arcreview.h"

#include <QWidget>

#include <array>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QSpinBox;
class QToolButton;

namespace arcscope
{

class ArcReviewBar : public QWidget
{
    Q_OBJECT

public:
    explicit ArcReviewBar(QWidget* parent = nullptr);

    ReviewPlan plan() const;
    /// "unknown first, at most 40".
    QString planText() const;
    /// `at` from 0; nothing: the arc that is looked at is not in the sample.
    void showProgress(std::optional<std::size_t> at, std::size_t reviewed, std::size_t of);
    /// What was said of the arc that is looked at; `some`: there is one.
    void showReview(const ArcReview& review, bool some);
    /// Tags that an arc has, for a sample that is balanced over one.
    void listTags(const std::array<bool, spanTextCount>& recorded);

    QToolButton* verdictButton(ArcOutcome outcome) const { return m_verdicts[static_cast<std::size_t>(outcome)]; }
    QLineEdit* note() const { return m_note; }
    QLabel* progress() const { return m_progress; }
    QComboBox* samplings() const { return m_samplings; }
    QSpinBox* most() const { return m_most; }
    QToolButton* exportButton() const { return m_export; }

signals:
    void verdictGiven(arcscope::ArcOutcome outcome); ///< of the one that is given already: taken back
    void noteChanged(const QString& text);
    void stepped(int by);
    void planChanged();
    void exportRequested();
    void closed();
    void left(); ///< the note: back to the list

private:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void offerPlan();

    std::array<QToolButton*, arcOutcomeCount> m_verdicts{};
    QLabel* m_progress;
    QProgressBar* m_bar;
    QComboBox* m_samplings;
    QComboBox* m_tags;
    QSpinBox* m_most;
    QLineEdit* m_note;
    QToolButton* m_export;
    QString m_shownNote;
};

} // namespace arcscope
