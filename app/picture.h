// What a view of a session is drawn into, without a window.
#pragma once

#include "commandline.h"
#include "ids.h"
#include "result.h"

#include <QString>
#include <QWidget>

#include <memory>
#include <optional>

namespace arcscope
{

struct Lens;
struct Session;
struct Theme;

struct Picture {
    std::unique_ptr<QWidget> view;
    QString title;
};

/// The height of a canvas: its picture is as high as its lanes.
inline constexpr int defaultHeight = 900;

/// Gives a view the size that is asked for, and lets it arrange itself.
void showUnseen(QWidget& view, const RenderRequest& request);

/// Task arcs of everything, that of the trace enlarged, else the first.
Result<Picture> drawArcs(Session& session, const RenderRequest& request, Row, std::optional<std::uint32_t> trace,
                         const Theme& theme);
/// What became of all of them.
Result<Picture> drawOutcomes(Session& session, const RenderRequest& request, Row, std::optional<std::uint32_t>,
                             const Theme& theme);
/// The task of the trace, else the one that differs most.
Result<Picture> drawReplay(Session& session, const RenderRequest& request, Row, std::optional<std::uint32_t> trace,
                           const Theme& theme);
Result<Picture> drawLens(Session& session, const RenderRequest& request, const Lens& lens);

} // namespace arcscope
