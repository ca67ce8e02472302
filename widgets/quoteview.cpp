#include "quoteview.h"

#include "displaytext.h"
#include "evidencetext.h"
#include "findingwords.h"
#include "quotetext.h"
#include "stoplabel.h"
#include "theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace arcscope
{
namespace
{

/// What differs is bold, on a tint and underlined whole; what stands for something in the other quote has a line of
/// dots.
QTextCharFormat formatOf(const ShownMark& mark, const Theme& theme)
{
    QTextCharFormat format;
    if (mark.link == QuoteMark::differs) {
        format.setFontWeight(QFont::Bold);
        format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
        format.setUnderlineColor(theme[ColourRole::Contradiction].fill);
        format.setBackground(theme.tint(ColourRole::Contradiction));
    } else {
        format.setUnderlineStyle(QTextCharFormat::DotLine);
        format.setUnderlineColor(theme.muted);
    }
    return format;
}

} // namespace

QuoteView::QuoteView(std::size_t number, QWidget* parent)
    : QFrame(parent)
    , m_number(number)
    , m_title(new QLabel(this))
    , m_where(new QLabel(this))
    , m_differs(new QLabel(this))
    , m_text(new EvidenceText(tr("Quote %1").arg(number + 1), this))
    , m_go(new QToolButton(this))
    , m_stop(new StopLabel(this))
{
    setFrameShape(QFrame::StyledPanel);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    for (QLabel* label : {m_title, m_where, m_differs}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
    m_go->setText(tr("Go"));
    m_go->setToolTip(tr("Show this place: its span, or its moment in the stream"));
    m_go->setFocusPolicy(Qt::StrongFocus);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_go, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 4, 6, 6);
    column->setSpacing(3);
    column->addLayout(head);
    column->addWidget(m_where);
    column->addWidget(m_stop, 0, Qt::AlignLeft);
    column->addWidget(m_text);
    column->addWidget(m_differs);
    column->addStretch();
    connect(m_go, &QToolButton::clicked, this, &QuoteView::goRequested);
}

void QuoteView::showPlace(const FoundFindings& found, const FindingPlace& place, const Corpus& shown, bool against)
{
    m_against = against;
    const Corpus& corpus = *found.corpus;
    m_place = place;
    const QString name = oneLine(corpus.text(SpanText::Name, place.row), 120);
    m_title->setText(
        QStringLiteral("%1  %2  %3").arg(QString::number(m_number + 1), kindText(corpus.spans.kind(place.row)), name));
    m_go->setAccessibleName(tr("Go to evidence %1, %2").arg(QString::number(m_number + 1), name));
    QStringList where;
    if (const QString source = sourceText(place); !source.isEmpty())
        where << source;
    const Nanos time = shownTime(found, shown, place);
    where << (time == noTime ? tr("time not recorded") : timeText(time));
    const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, place.row));
    if (corpus.traces.rows() > 1 && trace < corpus.traces.rows())
        where << oneLine(
            corpus.strings[StringId{static_cast<std::uint32_t>(corpus.traces.at(TraceColumn::Name, trace))}], 80);
    if (const QString id = oneLine(corpus.idText(corpus.spans.spanId(place.row)), 80); !id.isEmpty())
        where << tr("span %1").arg(id);
    m_where->setText(where.join(QStringLiteral("  ·  ")));
    write();
}

void QuoteView::setStop(const StopPair& pair)
{
    m_stop->setPair(pair);
}

void QuoteView::write()
{
    const Theme& theme = themeFor(palette());
    QPalette muted = palette();
    muted.setColor(QPalette::WindowText, theme.muted);
    m_where->setPalette(muted);
    m_differs->setPalette(muted);
    const ShownQuote quote = shownQuote(m_place);
    m_text->clearText();
    qsizetype at = 0;
    for (const ShownMark& mark : quote.marks) {
        m_text->add(quote.text.mid(at, mark.from - at));
        m_text->add(quote.text.mid(mark.from, mark.to - mark.from), formatOf(mark, theme));
        at = mark.to;
    }
    m_text->add(quote.text.mid(at));
    if (quote.text.isEmpty()) {
        QTextCharFormat none;
        none.setForeground(theme.muted);
        none.setFontItalic(true);
        m_text->add(tr("No text is quoted from here."), none);
    } else if (m_place.from >= 0 && m_place.to - m_place.from > static_cast<std::int64_t>(m_place.quote.size())) {
        m_text->add(QStringLiteral("\u2026"));
    }
    m_differs->setText(differencesText(quote, m_against));
    m_differs->setVisible(!m_differs->text().isEmpty());
}

void QuoteView::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_place.row != noRow)
        write();
}

} // namespace arcscope
