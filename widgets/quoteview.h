// One place of a finding: where it is, what it says with its marks, and the way there.
#pragma once

#include "foundfindings.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace arcscope
{

class EvidenceText;
class StopLabel;
struct StopPair;

class QuoteView : public QFrame
{
    Q_OBJECT

public:
    /// `number`: which of the places of a finding it shows, from 0.
    explicit QuoteView(std::size_t number, QWidget* parent = nullptr);

    /// `shown`: with the clocks of the window. `against`: another quote of the finding is marked, too.
    void showPlace(const FoundFindings& found, const FindingPlace& place, const Corpus& shown, bool against);
    /// What its span stopped for; empty: not known.
    void setStop(const StopPair& pair);
    StopLabel* stopLabel() const { return m_stop; }
    QToolButton* go() const { return m_go; }
    EvidenceText* text() const { return m_text; }

signals:
    void goRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void write();

    std::size_t m_number;
    FindingPlace m_place;
    bool m_against = false;
    QLabel* m_title;
    QLabel* m_where;
    QLabel* m_differs;
    EvidenceText* m_text;
    QToolButton* m_go;
    StopLabel* m_stop;
};

} // namespace arcscope
