// A tour of the window in a few steps: a bar above the views that shows a view and says what it is for.
#pragma once

#include <QFrame>
#include <QString>

#include <functional>
#include <vector>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace arcscope
{

struct TourStep {
    QString title;
    QString text;
    std::function<void()> show; ///< brings what it is about to the front; may be empty
};

/// Blocks nothing: the window can be used meanwhile. Esc in it ends it.
class TourBar : public QFrame
{
    Q_OBJECT

public:
    explicit TourBar(QWidget* parent = nullptr);

    /// With the keyboard on its first button, where `takeFocus`.
    void start(std::vector<TourStep> steps, bool takeFocus);
    void end();
    bool running() const { return !m_steps.empty(); }
    std::size_t step() const { return m_at; }
    QWidget* focusTarget() const;

signals:
    void left(); ///< it ended while the keyboard was here

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void go(std::size_t step);

    std::vector<TourStep> m_steps;
    std::size_t m_at = 0;
    QLabel* m_title;
    QLabel* m_text;
    QBoxLayout* m_parts;
    QPushButton* m_back;
    QPushButton* m_next;
    QPushButton* m_end;
};

} // namespace arcscope
