// What went wrong, said in the window and not in a box before it: one message at a time, with what can be done about
// it.
#pragma once

#include <QFrame>
#include <QString>

#include <functional>
#include <vector>

class QBoxLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace arcscope
{

struct NoticeAction {
    QString text; ///< with an access key
    std::function<void()> run;
};

struct Notice {
    QString text;    ///< a sentence; trace text in it is made safe by the caller
    QString details; ///< more lines for the clipboard; may be empty
    std::vector<NoticeAction> actions;
};

/// Shows the oldest message that was not dismissed, and says how many follow. Blocks nothing, takes no focus; Esc in it
/// dismisses. A screen reader hears each message as an alert.
class NoticeBar : public QFrame
{
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);

    /// The same text again is shown once.
    void add(Notice notice);
    void dismiss();
    void clear();
    std::size_t count() const { return m_notices.size(); }
    /// The message shown; empty where there is none.
    QString text() const;
    /// Where the keyboard goes to: the first button.
    QWidget* focusTarget() const;

signals:
    void left(); ///< the last message was dismissed while the keyboard was here

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showFirst();
    void showMore();
    void setColours();
    QPushButton* addButton(const NoticeAction& action);
    void copyDetails() const;

    std::vector<Notice> m_notices;
    QLabel* m_mark;
    QLabel* m_text;
    QLabel* m_more;
    QBoxLayout* m_parts;
    QHBoxLayout* m_actions;
    QPushButton* m_dismiss;
};

} // namespace arcscope
