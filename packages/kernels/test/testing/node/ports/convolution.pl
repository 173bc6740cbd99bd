# Convolutions and their gradients by the definition, in double precision: a port to be tested.
#
#     perl convolution.pl FOLDER    answers one request
#     perl convolution.pl           answers one for each line of its input, with the line "done"
use strict;
use warnings;

require(($0 =~ s/[^\/]+$//r) . 'npy.pl');

# How many results an axis has, and how many zeros stand before it.
sub axis {
    my ($size, $kernel, $stride, $dilation, $padding) = @_;
    my $reach = ($kernel - 1) * $dilation + 1;
    if (ref $padding) {
        my ($before, $after) = @$padding;
        return (int(($size + $before + $after - $reach) / $stride) + 1, $before);
    }
    return (int(($size - $reach) / $stride) + 1, 0) if $padding eq 'valid';
    my $results = int(($size + $stride - 1) / $stride);
    my $zeros = ($results - 1) * $stride + $reach - $size;
    return ($results, $zeros > 0 ? int($zeros / 2) : 0);
}

# The shape of y, and for each product x[i] w[j] that is part of y[k] the three places [i, j, k].
sub trilinear_form {
    my ($settings, $x, $w) = @_;
    my ($batch, $height, $width, $channels) = @$x;
    my ($rows, $columns, $depth, $filters) = @$w;
    my @padding = ref $settings->{padding} ? @{ $settings->{padding} } : ($settings->{padding}) x 2;
    my ($down, $right) = @{ $settings->{strides} };
    my ($down_tap, $right_tap) = @{ $settings->{dilations} };
    my ($out_height, $top) = axis($height, $rows, $down, $down_tap, $padding[0]);
    my ($out_width, $left) = axis($width, $columns, $right, $right_tap, $padding[1]);
    my $per_group = $filters / $settings->{groups};
    my @places;
    for my $k (0 .. $batch * $out_height * $out_width * $filters - 1) {
        my $filter = $k % $filters;
        my $column = int($k / $filters) % $out_width;
        my $row = int($k / ($filters * $out_width)) % $out_height;
        my $image = int($k / ($filters * $out_width * $out_height));
        my $first_channel = int($filter / $per_group) * $depth;
        for my $tap (0 .. $rows * $columns - 1) {
            my $i = $row * $down - $top + int($tap / $columns) * $down_tap;
            my $j = $column * $right - $left + $tap % $columns * $right_tap;
            next if $i < 0 || $i >= $height || $j < 0 || $j >= $width;
            my $pixel = ($image * $height + $i) * $width + $j;
            for my $c (0 .. $depth - 1) {
                my $x_place = $pixel * $channels + $first_channel + $c;
                push @places, [$x_place, ($tap * $depth + $c) * $filters + $filter, $k];
            }
        }
    }
    return ([$batch, $out_height, $out_width, $filters], @places);
}

# Which two of the three tensors are given, and which one is asked for, by their places above.
my %roles = (
    conv2d         => [[x  => 0], [filter => 1], 2],
    inputGradient  => [[dy => 2], [filter => 1], 0],
    filterGradient => [[dy => 2], [x      => 0], 1],
);

sub answer {
    my ($folder) = @_;
    my $request = read_json("$folder/request.json");
    my $shapes = $request->{shapes};
    my ($y_shape, @places) = trilinear_form($request->{settings}, $shapes->{x}, $shapes->{filter});
    my ($first, $second, $out) = @{ $roles{ $request->{operation} } };
    my ($first_name, $a) = @$first;
    my ($second_name, $b) = @$second;
    my @first = read_npy("$folder/$first_name.npy", $shapes->{$first_name});
    my @second = read_npy("$folder/$second_name.npy", $shapes->{$second_name});
    my $shape = ($shapes->{x}, $shapes->{filter}, $y_shape)[$out];
    my @result = (0) x product(@$shape);
    $result[$_->[$out]] += $first[$_->[$a]] * $second[$_->[$b]] for @places;
    write_npy("$folder/result.npy", $shape, @result);
}

serve(\&answer);
