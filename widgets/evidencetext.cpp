#include "evidencetext.h"

#include <QAbstractTextDocumentLayout>
#include <QTextCursor>
#include <QWheelEvent>

#include <cmath>

namespace arcscope
{

EvidenceText::EvidenceText(const QString& name, QWidget* parent)
    : QTextEdit(parent)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setUndoRedoEnabled(false);
    setAcceptRichText(false);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setAccessibleName(name);
    document()->setDocumentMargin(4);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &EvidenceText::fitHeight);
}

void EvidenceText::clearText()
{
    clear();
}

void EvidenceText::add(const QString& text, const QTextCharFormat& format)
{
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(text, format);
}

void EvidenceText::fitHeight()
{
    const int height = static_cast<int>(std::ceil(document()->size().height())) + 2 * frameWidth();
    if (height != minimumHeight() || height != maximumHeight())
        setFixedHeight(height);
}

QSize EvidenceText::sizeHint() const
{
    return {200, minimumHeight()};
}

QSize EvidenceText::minimumSizeHint() const
{
    return {80, minimumHeight()};
}

void EvidenceText::resizeEvent(QResizeEvent* event)
{
    QTextEdit::resizeEvent(event);
    fitHeight();
}

void EvidenceText::changeEvent(QEvent* event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitHeight();
}

void EvidenceText::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

} // namespace arcscope
