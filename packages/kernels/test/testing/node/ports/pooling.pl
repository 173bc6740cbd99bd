# Max pooling, average pooling and their gradients by the definition, in double precision, and a softmax.
#
#     perl pooling.pl FOLDER    answers one request
#     perl pooling.pl           answers one for each line of its input, with the line "done"
use strict;
use warnings;
require(($0 =~ s/[^\/]+$//r) . 'npy.pl');

# How many results an axis has, and how many pixels of padding stand before it.
sub axis {
    my ($size, $window, $stride, $padding) = @_;
    if (ref $padding) {
        my ($before, $after) = @$padding;
        return (int(($size + $before + $after - $window) / $stride) + 1, $before);
    }
    return (int(($size - $window) / $stride) + 1, 0) if $padding eq 'valid';
    my $results = int(($size + $stride - 1) / $stride);
    my $more = ($results - 1) * $stride + $window - $size;
    return ($results, $more > 0 ? int($more / 2) : 0);
}

# The shape of the result, and for each of its places those of x that its window sees, in order.
sub windows {
    my ($settings, $x) = @_;
    my ($batch, $height, $width, $channels) = @$x;
    my ($rows, $columns) = @{ $settings->{poolSize} };
    my ($down, $right) = @{ $settings->{strides} };
    my @padding = ref $settings->{padding} ? @{ $settings->{padding} } : ($settings->{padding}) x 2;
    my ($out_height, $top) = axis($height, $rows, $down, $padding[0]);
    my ($out_width, $left) = axis($width, $columns, $right, $padding[1]);
    my @windows;
    for my $k (0 .. $batch * $out_height * $out_width * $channels - 1) {
        my $channel = $k % $channels;
        my $column = int($k / $channels) % $out_width;
        my $row = int($k / ($channels * $out_width)) % $out_height;
        my $image = int($k / ($channels * $out_width * $out_height));
        my @seen;
        for my $tap (0 .. $rows * $columns - 1) {
            my $i = $row * $down - $top + int($tap / $columns);
            my $j = $column * $right - $left + $tap % $columns;
            next if $i < 0 || $i >= $height || $j < 0 || $j >= $width;
            push @seen, (($image * $height + $i) * $width + $j) * $channels + $channel;
        }
        push @windows, \@seen;
    }
    return ([$batch, $out_height, $out_width, $channels], @windows);
}

# The first place of the largest number that a window sees.
sub largest {
    my ($x, $seen) = @_;
    my $best = $seen->[0];
    for my $place (@$seen) { $best = $place if $x->[$place] > $x->[$best] }
    return $best;
}

my %pools = (
    maxPool2d => sub {
        my ($folder, $shapes, $shape, @windows) = @_;
        my @x = read_npy("$folder/x.npy", $shapes->{x});
        return ($shape, map { $x[largest(\@x, $_)] } @windows);
    },
    averagePool2d => sub {
        my ($folder, $shapes, $shape, @windows) = @_;
        my @x = read_npy("$folder/x.npy", $shapes->{x});
        my $average = sub { my $sum = 0; $sum += $x[$_] for @{ $_[0] }; return $sum / @{ $_[0] } };
        return ($shape, map { $average->($_) } @windows);
    },
    maxPool2dInputGradient => sub {
        my ($folder, $shapes, $shape, @windows) = @_;
        my @x = read_npy("$folder/x.npy", $shapes->{x});
        my @dy = read_npy("$folder/dy.npy", $shapes->{dy});
        my @dx = (0) x @x;
        $dx[largest(\@x, $windows[$_])] += $dy[$_] for 0 .. $#windows;
        return ($shapes->{x}, @dx);
    },
    averagePool2dInputGradient => sub {
        my ($folder, $shapes, $shape, @windows) = @_;
        my @dy = read_npy("$folder/dy.npy", $shapes->{dy});
        my @dx = (0) x product(@{ $shapes->{x} });
        for my $k (0 .. $#windows) { $dx[$_] += $dy[$k] / @{ $windows[$k] } for @{ $windows[$k] } }
        return ($shapes->{x}, @dx);
    },
);

# Along the last axis.
sub softmax {
    my ($folder, $shape) = @_;
    my @x = read_npy("$folder/x.npy", $shape);
    my @result;
    while (my @row = splice @x, 0, $shape->[-1]) {
        my ($largest) = sort { $b <=> $a } @row;
        my @powers = map { exp($_ - $largest) } @row;
        my $sum = 0;
        $sum += $_ for @powers;
        push @result, map { $_ / $sum } @powers;
    }
    return ($shape, @result);
}

sub answer {
    my ($folder) = @_;
    my $request = read_json("$folder/request.json");
    my ($operation, $shapes) = ($request->{operation}, $request->{shapes});
    my @result =
        $operation eq 'softmax'
        ? softmax($folder, $shapes->{x})
        : $pools{$operation}->($folder, $shapes, windows($request->{settings}, $shapes->{x}));
    write_npy("$folder/result.npy", @result);
}

serve(\&answer);
