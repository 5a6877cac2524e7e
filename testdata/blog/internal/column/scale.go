package column

// A Scale is the number of digits that a Decimal has after the point: one of Scale0 to Scale18.
type Scale interface{ digits() int }

// Scale0 to Scale18 are all scales that an int64 can hold.
type (
	Scale0  struct{}
	Scale1  struct{}
	Scale2  struct{}
	Scale3  struct{}
	Scale4  struct{}
	Scale5  struct{}
	Scale6  struct{}
	Scale7  struct{}
	Scale8  struct{}
	Scale9  struct{}
	Scale10 struct{}
	Scale11 struct{}
	Scale12 struct{}
	Scale13 struct{}
	Scale14 struct{}
	Scale15 struct{}
	Scale16 struct{}
	Scale17 struct{}
	Scale18 struct{}
)

func (Scale0) digits() int  { return 0 }
func (Scale1) digits() int  { return 1 }
func (Scale2) digits() int  { return 2 }
func (Scale3) digits() int  { return 3 }
func (Scale4) digits() int  { return 4 }
func (Scale5) digits() int  { return 5 }
func (Scale6) digits() int  { return 6 }
func (Scale7) digits() int  { return 7 }
func (Scale8) digits() int  { return 8 }
func (Scale9) digits() int  { return 9 }
func (Scale10) digits() int { return 10 }
func (Scale11) digits() int { return 11 }
func (Scale12) digits() int { return 12 }
func (Scale13) digits() int { return 13 }
func (Scale14) digits() int { return 14 }
func (Scale15) digits() int { return 15 }
func (Scale16) digits() int { return 16 }
func (Scale17) digits() int { return 17 }
func (Scale18) digits() int { return 18 }
