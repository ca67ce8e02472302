#include "streamcomparison.h"

#include "streamcanvas.h"
#include "streamtext.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace arcscope
{

StreamComparison::StreamComparison(StreamCanvas& canvas, QObject* parent)
    : QObject(parent)
    , m_shown(canvas)
    , m_picture(new QWidget)
    , m_title(new QLabel)
    , m_kept(new StreamCanvas)
    , m_text(new StreamText)
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setContentsMargins(8, 2, 8, 2);
    auto* column = new QVBoxLayout(m_picture);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_kept, 1);
    column->addWidget(m_title);
    m_kept->setAccessibleName(tr("Stream kept for comparison"));
    m_text->setAccessibleName(tr("Text of the kept stream at the playhead"));
    m_picture->hide();
    m_text->hide();
    connect(m_kept, &StreamCanvas::placeChanged, this, [this](Nanos place) {
        if (oneAxis())
            m_shown.setPlace(place - shift());
        m_text->showAt(m_kept->timeline()->model, m_kept->event());
        emit placeChanged();
    });
    connect(m_kept, &StreamCanvas::visibleRangeChanged, this, [this](const TimeRange& range) {
        if (oneAxis())
            m_shown.setVisibleRange({range.start - shift(), range.end - shift()});
    });
    connect(&m_shown, &StreamCanvas::visibleRangeChanged, this, [this](const TimeRange& range) {
        if (oneAxis())
            m_kept->setVisibleRange({range.start + shift(), range.end + shift()});
    });
}

bool StreamComparison::oneAxis() const
{
    return m_picture->isVisibleTo(m_picture->parentWidget()) && m_kept->timeline() && m_shown.timeline() &&
           m_kept->timeline()->ordinal == m_shown.timeline()->ordinal;
}

Nanos StreamComparison::shift() const
{
    return m_kept->timeline()->origin - m_shown.timeline()->origin;
}

void StreamComparison::keep(std::shared_ptr<const StreamSubject> subject, const QString& name)
{
    m_subject = std::move(subject);
    m_name = name;
    m_kept->setTimeline(m_subject ? m_subject->timeline : nullptr);
    m_picture->hide();
    m_text->hide();
    if (m_shown.timeline())
        m_shown.setLimits(m_shown.timeline()->bounds);
}

void StreamComparison::show(const std::shared_ptr<const StreamSubject>& subject, const QString& name)
{
    const bool both = m_subject && subject && subject != m_subject && subject->timeline;
    m_picture->setVisible(both);
    m_text->setVisible(both);
    if (!both)
        return;
    m_title->setText(tr("above: %1   below: %2").arg(m_name, name));
    if (oneAxis()) {
        const TimeRange& kept = m_kept->timeline()->bounds;
        const TimeRange& shown = m_shown.timeline()->bounds;
        const TimeRange all{std::min(shown.start, kept.start - shift()), std::max(shown.end, kept.end - shift())};
        m_shown.setLimits(all);
        m_kept->setLimits({all.start + shift(), all.end + shift()});
    }
    follow();
}

void StreamComparison::follow()
{
    if (!m_kept->timeline() || m_picture->isHidden())
        return;
    if (oneAxis())
        m_kept->setPlace(m_shown.place() + shift());
    m_text->showAt(m_kept->timeline()->model, m_kept->event());
}

} // namespace arcscope
