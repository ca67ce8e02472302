// The badge of one span as a part of a panel: hidden where nothing is known of the span.
#pragma once

#include "stopwords.h"

#include <QWidget>

namespace arcscope
{

class StopLabel : public QWidget
{
    Q_OBJECT

public:
    explicit StopLabel(QWidget* parent = nullptr);

    void setPair(const StopPair& pair);
    const StopPair& pair() const { return m_pair; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    StopPair m_pair;
};

} // namespace arcscope
