// The chosen step of all runs in full, side by side: what differs is marked, calls with their results.
#pragma once

#include "foundreplay.h"

#include <QWidget>

#include <vector>

class QHBoxLayout;
class QLabel;
class QScrollArea;
class QToolButton;

namespace arcscope
{

class EvidenceText;

class ReplayPane : public QWidget
{
    Q_OBJECT

public:
    explicit ReplayPane(QWidget* parent = nullptr);

    /// `line` null: nothing is chosen. `column`: that is looked at.
    void showLine(const ReplayReadingPtr& reading, const ReplayLine* line, std::size_t column);
    QLabel* known() const { return m_known; }
    /// By column; nothing where there is none.
    EvidenceText* text(std::size_t column) const;
    /// The streams of two columns can be shown with one playhead.
    void setStreamed(bool on);

signals:
    void goRequested(arcscope::Row row);
    void streamsRequested(arcscope::Row base, arcscope::Row candidate);

protected:
    void changeEvent(QEvent* event) override;

private:
    void write();
    void makeColumns(std::size_t count);

    struct Column {
        QWidget* widget;
        QLabel* title;
        EvidenceText* text;
        QToolButton* go;
    };
    QLabel* m_known;
    QToolButton* m_streams;
    QHBoxLayout* m_row;
    QScrollArea* m_scroll;
    std::vector<Column> m_columns;
    ReplayReadingPtr m_reading;
    std::vector<ReplayLine> m_line; ///< one, or none
    std::size_t m_column = 0;
};

} // namespace arcscope
