// The step of the story that is played, above the view that shows it.
#pragma once

#include <QFrame>

class QLabel;
class QScrollArea;
class QToolButton;

namespace arcscope
{

class StoryCommands;

class StoryBar : public QFrame
{
    Q_OBJECT

public:
    explicit StoryBar(StoryCommands& commands, QWidget* parent = nullptr);

    /// What of the step is not here; empty: all of it is.
    void setMissing(const QString& missing);
    QToolButton* nextButton() const { return m_next; }
    QToolButton* previousButton() const { return m_previous; }
    QToolButton* closeButton() const { return m_close; }
    QString text() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showStep();
    void fitText();
    QToolButton* button(const QString& text, const QString& tip);

    StoryCommands& m_commands;
    QLabel* m_where;
    QLabel* m_title;
    QLabel* m_text;
    QScrollArea* m_scroll;
    QLabel* m_missing;
    QToolButton* m_previous;
    QToolButton* m_next;
    QToolButton* m_close;
};

} // namespace arcscope
