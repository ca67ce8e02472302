// Review in the arcs tab: the sample, verdicts, and the report.
#include "arcbars.h"
#include "arcbook.h"
#include "arcreviewbar.h"
#include "arcsview.h"
#include "arcwords.h"
#include "displaytext.h"
#include "notebook.h"
#include "notecommands.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QSaveFile>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace arcscope
{

void ArcsView::setReviewing(bool on)
{
    if (m_reviewing == on)
        return;
    m_reviewing = on;
    m_review->setVisible(on);
    for (QWidget* const part : {m_controls, m_status, static_cast<QWidget*>(m_bars)})
        part->setVisible(!on); // the room is for what is reviewed
    m_startReview->setChecked(on);
    if (on)
        takeSample();
    else
        m_sample.clear();
    showState();
    showReview();
    m_list->setFocus();
    emit reviewingChanged(on);
}

/// Begins with the first that nobody judged.
void ArcsView::takeSample()
{
    const ListingPtr& listing = m_model->listing();
    m_sample = listing ? reviewSample(*listing, m_review->plan()) : std::vector<std::string>();
    const ArcDecisions& decisions = m_state.notes().arcDecisions();
    const auto first = std::find_if(m_sample.begin(), m_sample.end(),
                                    [&](const std::string& key) { return !reviewOf(decisions, key).outcome; });
    if (first != m_sample.end()) {
        if (const auto arc = m_model->of().find(*first))
            chooseArc(*arc);
    }
    showReview();
}

void ArcsView::stepReview(int by)
{
    if (!m_reviewing || m_sample.empty())
        return;
    const auto here = std::find(m_sample.begin(), m_sample.end(), m_key);
    auto at =
        here == m_sample.end() ? (by > 0 ? -1 : static_cast<std::ptrdiff_t>(m_sample.size())) : here - m_sample.begin();
    // What has become part of another arc is passed over.
    for (at += by; at >= 0 && at < static_cast<std::ptrdiff_t>(m_sample.size()); at += by) {
        if (const auto arc = m_model->of().find(m_sample[static_cast<std::size_t>(at)])) {
            chooseArc(*arc);
            return;
        }
    }
    emit said(by > 0 ? tr("This is the last arc of the review") : tr("This is the first arc of the review"));
}

void ArcsView::giveVerdict(ArcOutcome outcome)
{
    if (!m_arc)
        return;
    ArcReview review = reviewOf(m_state.notes().arcDecisions(), m_key);
    const bool back = review.outcome == outcome;
    review.outcome = back ? std::nullopt : std::optional(outcome);
    // A note that is still being written belongs to it.
    review.note = m_review->note()->text().toStdString();
    m_commands.review(review, arcName(m_model->of(), *m_arc));
    if (back || !m_reviewing)
        return;
    const ArcDecisions& decisions = m_state.notes().arcDecisions();
    const auto here = std::find(m_sample.begin(), m_sample.end(), m_key);
    const auto open = [&](const std::string& key) {
        return !reviewOf(decisions, key).outcome && m_model->of().find(key).has_value();
    };
    auto next = here == m_sample.end() ? m_sample.end() : std::find_if(here + 1, m_sample.end(), open);
    if (next == m_sample.end())
        next = std::find_if(m_sample.begin(), here, open);
    if (next == here || next == m_sample.end()) {
        emit said(tr("All arcs of the review are judged"));
        showReview();
        return;
    }
    chooseArc(*m_model->of().find(*next));
}

void ArcsView::showReview()
{
    if (!m_reviewing)
        return;
    const ArcDecisions& decisions = m_state.notes().arcDecisions();
    const auto here = std::find(m_sample.begin(), m_sample.end(), m_key);
    m_review->showProgress(here == m_sample.end() ? std::nullopt
                                                  : std::optional(static_cast<std::size_t>(here - m_sample.begin())),
                           reviewedIn(m_sample, decisions), m_sample.size());
    if (m_state.isOpen() && m_state.notes().file().isEmpty())
        m_review->progress()->setText(tr("Not kept: what comes from a pipe has no place for reviews"));
    m_review->showReview(reviewOf(decisions, m_key), m_arc.has_value());
}

void ArcsView::exportReview()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Export the review"), QStringLiteral("review.md"),
                                                      tr("Markdown (*.md);;JSON (*.json)"));
    if (file.isEmpty())
        return;
    const auto written = writeReview(file);
    emit said(written ? tr("Written to %1").arg(file) : oneLine(written.error().message));
}

Result<void> ArcsView::writeReview(const QString& file)
{
    if (!m_model->listing())
        return Error{ErrorCode::NotFound, "there are no arcs"};
    const ReviewReport report{m_model->of(),
                              m_state.notes().arcDecisions(),
                              m_sample,
                              m_state.paths().isEmpty() ? QString()
                                                        : QFileInfo(m_state.paths().constFirst()).fileName(),
                              m_state.filterText(),
                              m_review->planText(),
                              tr("Arcscope %1").arg(QCoreApplication::applicationVersion())};
    const bool json = file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
    const QByteArray bytes = json ? reviewJson(report) : reviewMarkdown(report).toUtf8();
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() || !out.commit())
        return Error{ErrorCode::Store, (tr("%1 cannot be written: ").arg(file) + out.errorString()).toStdString()};
    return {};
}

} // namespace arcscope
