// A field that takes the next key that is pressed in it, for a command.
#pragma once

#include <QKeySequence>
#include <QLineEdit>

namespace arcscope
{

/// One chord. Tab, Esc and Return alone do what they do everywhere, Backspace alone empties the field.
class KeyField : public QLineEdit
{
    Q_OBJECT

public:
    explicit KeyField(QWidget* parent = nullptr);

    const QKeySequence& key() const { return m_key; }
    void setKey(const QKeySequence& key);

signals:
    void keyChanged(const QKeySequence& key);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent*) override {}

private:
    QKeySequence m_key;
};

} // namespace arcscope
