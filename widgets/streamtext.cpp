#include "streamtext.h"

#include "displaytext.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QScrollBar>
#include <QTextCursor>

#include <algorithm>
#include <optional>

namespace arcscope
{
namespace
{

constexpr int stillMs = 150;

enum class Look { Plain, Draft, Withdrawn };

Look lookAt(const TextPiece& piece, std::uint32_t event)
{
    if (piece.withdrawn <= event)
        return Look::Withdrawn;
    return piece.draft && piece.accepted > event ? Look::Draft : Look::Plain;
}

QString headingOf(const TextBlock& block)
{
    switch (block.type) {
    case BlockType::Reasoning:
        return QObject::tr("Reasoning");
    case BlockType::ToolCall:
        return QObject::tr("Arguments of %1").arg(oneLine(block.name, 80));
    case BlockType::Refusal:
        return QObject::tr("Refusal");
    case BlockType::Audio:
        return QObject::tr("Audio");
    case BlockType::Other:
        return QObject::tr("Output");
    case BlockType::Text:
        break;
    }
    return QObject::tr("Text");
}

} // namespace

StreamText::StreamText(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Text at the playhead"));
    m_still.setSingleShot(true);
    m_still.setInterval(stillMs);
    connect(&m_still, &QTimer::timeout, this, [this] { write(mostBytes); });
}

void StreamText::showAt(std::shared_ptr<const StreamModel> model, std::uint32_t event)
{
    if (m_model == model && m_event == event)
        return;
    m_model = std::move(model);
    m_event = event;
    write(movingBytes);
}

void StreamText::setWithdrawnShown(bool shown)
{
    m_withdrawn = shown;
    write(mostBytes);
}

QString StreamText::wholeText() const
{
    QStringList parts;
    if (m_model && m_event != noEvent) {
        for (const TextBlock& block : m_model->blocks()) {
            const std::string text = block.textAt(m_event);
            if (!text.empty())
                parts << QString::fromStdString(text);
        }
    }
    return parts.join(QStringLiteral("\n\n"));
}

void StreamText::write(std::uint64_t most)
{
    m_still.stop();
    bool cut = false;
    const Theme& theme = themeFor(palette());
    m_writing = true;
    setUpdatesEnabled(false);
    QTextDocument* const text = document();
    text->clear();
    QTextCursor cursor(text);
    QTextCharFormat plain;
    plain.setForeground(theme.text);
    QTextCharFormat quiet;
    quiet.setForeground(theme.muted);
    QTextCharFormat heading = quiet;
    heading.setFontWeight(QFont::DemiBold);
    QTextCharFormat draft;
    draft.setForeground(theme[ColourRole::Speculative].ink);
    draft.setUnderlineStyle(QTextCharFormat::DashUnderline);
    QTextCharFormat withdrawn;
    withdrawn.setForeground(theme[ColourRole::Retracted].ink);
    withdrawn.setFontStrikeOut(true);
    bool first = true;
    static const std::vector<TextBlock> none;
    for (const TextBlock& block : m_model ? m_model->blocks() : none) {
        const bool nothing = block.text.empty() && block.type != BlockType::ToolCall;
        if (m_event == noEvent || block.firstEvent > m_event || nothing)
            continue;
        if (!first)
            cursor.insertBlock();
        first = false;
        cursor.insertText(headingOf(block), heading);
        cursor.insertBlock();
        const auto pieces = block.piecesUntil(m_event);
        std::size_t begin = pieces.size();
        std::uint64_t bytes = 0;
        while (begin > 0 && bytes < most) {
            --begin;
            if (m_withdrawn || lookAt(pieces[begin], m_event) != Look::Withdrawn)
                bytes += pieces[begin].end - pieces[begin].begin;
        }
        cut = cut || begin > 0;
        if (begin > 0) {
            cursor.insertText(tr("… %1 bytes above are not shown here; Copy has them")
                                  .arg(countText(static_cast<std::int64_t>(pieces[begin].begin))),
                              quiet);
            cursor.insertBlock();
        }
        std::string run; // pieces of one look together: a character may lie across two
        std::optional<Look> look;
        const auto flush = [&] {
            if (look && !run.empty())
                cursor.insertText(QString::fromStdString(run), *look == Look::Plain   ? plain
                                                               : *look == Look::Draft ? draft
                                                                                      : withdrawn);
            run.clear();
        };
        for (; begin < pieces.size(); ++begin) {
            const Look now = lookAt(pieces[begin], m_event);
            if (now == Look::Withdrawn && !m_withdrawn)
                continue;
            if (look != now)
                flush();
            look = now;
            run += block.textOf(pieces[begin]);
        }
        flush();
    }
    setUpdatesEnabled(true);
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    m_writing = false;
    if (cut && most < mostBytes)
        m_still.start();
}

void StreamText::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_writing)
        write(mostBytes);
}

void StreamText::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy) && !textCursor().hasSelection())
        QApplication::clipboard()->setText(wholeText());
    else
        QPlainTextEdit::keyPressEvent(event);
}

} // namespace arcscope
