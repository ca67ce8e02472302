// What a replay comes to in sentences and figures, of each candidate.
#pragma once

#include "foundreplay.h"

#include <QScrollArea>

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

protected:
    void changeEvent(QEvent* event) override;

private:
    void write();

    EvidenceText* m_text;
    ReplayPtr m_found;
};

} // namespace arcscope
