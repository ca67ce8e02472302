// What a replay comes to in sentences and figures, of each candidate.
#pragma once

#include "foundreplay.h"

#include <QScrollArea>

#include <string>

class QComboBox;
class QWidget;

namespace arcscope
{

class EvidenceText;

class ReplayResult : public QScrollArea
{
    Q_OBJECT

public:
    explicit ReplayResult(QWidget* parent = nullptr);

    /// Null: nothing.
    void show(const ReplayPtr& found);
    EvidenceText* text() const { return m_text; }
    /// By which tag the change is split.
    QComboBox* splitBox() const { return m_split; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void write();
    void writeSplit(std::size_t candidate);

    QWidget* m_splitRow;
    QComboBox* m_split;
    EvidenceText* m_text;
    ReplayPtr m_found;
    std::string m_tag; ///< that was chosen; kept while others are shown
};

} // namespace arcscope
