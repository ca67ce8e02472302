// A page for paper: text, and small pictures of boxes, lines and words in it, which can be written as SVG or painted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace arcscope
{

/// What something in such a picture is for, and with it how it looks.
enum class ChartInk : std::uint8_t { Bar, Bad, Sure, Rule, Change, Start, Noticed, Words, QuietWords };

struct ChartShape {
    enum class Form : std::uint8_t { Box, Line, Words };
    Form form = Form::Box;
    ChartInk ink = ChartInk::Bar;
    double x = 0;
    double y = 0;          ///< of words: their baseline
    double width = 0;      ///< of a line: to its other end
    double height = 0;     ///< likewise
    bool endsHere = false; ///< words end at x
    std::string words;     ///< plain text
};

/// Nothing where nothing is drawn.
struct FlatChart {
    double width = 960;
    double height = 0;
    std::string id;    ///< of one page
    std::string title; ///< what it shows, for who cannot see it
    std::string about; ///< more of it; may be empty
    std::vector<ChartShape> shapes;

    bool empty() const { return shapes.empty(); }
};

/// HTML without style, in which the picture N, from 0 on, is <img src="chart:N">.
struct PrintedPage {
    std::string title;
    std::string html;
    std::vector<FlatChart> charts;
    std::string foot; ///< of each sheet: where this comes from, in one line
};

} // namespace arcscope
