// The reading pane of a stream: what stood on the user's screen after an event, as plain text.
#pragma once

#include "streammodel.h"
#include "theme.h"

#include <QPlainTextEdit>
#include <QTimer>

#include <memory>

namespace arcscope
{

class StreamText : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit StreamText(QWidget* parent = nullptr);

    /// Writes the blocks as they were after `event` (noEvent: before all). Text that had been taken back by then stays,
    /// struck through, unless it is not to be shown; text that had not come yet is absent. Of a block of more than
    /// `mostBytes` the end is shown, and a line says how much is above it.
    void showAt(std::shared_ptr<const StreamModel> model, std::uint32_t event);
    void setWithdrawnShown(bool shown);

    static constexpr std::uint64_t mostBytes = 32'768;
    /// What a screen shows: while the playhead moves no more is written, the rest when it stands still.
    static constexpr std::uint64_t movingBytes = 6'144;

    /// All text that could be read then, without what was taken back: what Copy gives where nothing is selected.
    QString wholeText() const;

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void write(std::uint64_t most);

    std::shared_ptr<const StreamModel> m_model;
    std::uint32_t m_event = noEvent;
    bool m_withdrawn = true;
    bool m_writing = false;
    QTimer m_still;
};

} // namespace arcscope
